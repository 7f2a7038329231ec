import { LINKTYPE_HEP, LINKTYPE_LOGGED } from "../capture/linkType.ts";

/**
 * What one capture was found to hold, read or not: `layers.counts.layers.vlan++`. Plain numbers on objects of one shape, so that counting
 * costs nothing where most packets pass. A new count is one line here and its name in `view/inputNames.ts`, or `input.<name>` in ui.json.
 */
export class InputCounts {
  /** Packets by what was taken off them on the way to SIP: encapsulations, network, transport. */
  readonly layers = {
    vlan: 0,
    mpls: 0,
    ppp: 0,
    pppoe: 0,
    gre: 0,
    erspan: 0,
    vxlan: 0,
    geneve: 0,
    gtp: 0,
    l2tp: 0,
    tzsp: 0,
    etherip: 0,
    esp: 0,
    "ip-in-ip": 0,
    ipv4: 0,
    ipv6: 0,
    fragment: 0,
    udp: 0,
    tcp: 0,
    sctp: 0,
    icmp: 0,
    hep: 0,
  };
  /** SIP messages by transport; of HEP and logs the transport that those name. */
  readonly messages = { udp: 0, tcp: 0, tls: 0, sctp: 0, ws: 0, wss: 0 };
  /** TCP connections by what they were seen to carry. A connection that carried none of these is found by subtraction. */
  readonly connections = { all: 0, sip: 0, hep: 0, encrypted: 0 };
  /** Packets that carry no SIP message. */
  readonly others = {
    "keep-alive": 0,
    rtp: 0,
    rtcp: 0,
    udptl: 0,
    stun: 0,
    dtls: 0,
    dns: 0,
    "other-udp": 0,
    "empty-udp": 0,
    "other-hep": 0,
    arp: 0,
    esp: 0,
    "other-transport": 0,
    "other-network": 0,
  };
  /** Packets that could not be read. */
  readonly unread = { "link-type": 0, malformed: 0, "too-deep": 0 };
  readonly #links: Map<number, number> = new Map();
  #linkType = 0;
  #linkFrames = 0;

  /** Neighbouring frames nearly always have the same link type. */
  addFrame(linkType: number): void {
    if (linkType !== this.#linkType) this.#addLinkFrames(linkType);
    this.#linkFrames++;
  }

  /** What is not zero. */
  report(): InputReport {
    this.#addLinkFrames(this.#linkType);
    const { all, sip, hep, encrypted } = this.connections;
    const connections = { sip, hep, encrypted, other: Math.max(0, all - sip - hep - encrypted) };
    return {
      frames: Object.fromEntries([...this.#links].map(([linkType, count]) => [linkName(linkType), count])),
      layers: counted(this.layers),
      messages: counted(this.messages),
      formats: {},
      connections: counted(connections),
      others: counted(this.others),
      unread: counted(this.unread),
    };
  }

  #addLinkFrames(next: number): void {
    const { size } = this.#links;
    if (this.#linkFrames > 0 && (size < MAX_LINK_TYPES || this.#links.has(this.#linkType))) {
      this.#links.set(this.#linkType, (this.#links.get(this.#linkType) ?? 0) + this.#linkFrames);
    }
    this.#linkType = next;
    this.#linkFrames = 0;
  }
}

/** Counts by name; what was not seen is not in it. */
export type Counts = Readonly<Record<string, number>>;

/** What a capture holds: part of the report. */
export interface InputReport {
  /** Frames by link type: `ethernet`, `linux-cooked`, … or `linktype-147`; `hep` and `log` for inputs that are no captures. */
  readonly frames: Counts;
  /** Packets by the encapsulations, network and transport protocols that were taken off. */
  readonly layers: Counts;
  /** What looked like SIP messages, by transport. */
  readonly messages: Counts;
  /** Of a log the messages by the format they were printed in; `hex` are packets in hexadecimal. */
  readonly formats: Counts;
  /** TCP connections by what they carried. */
  readonly connections: Counts;
  /** Packets that are not SIP, by what they are. */
  readonly others: Counts;
  /** Packets that could not be read, by why. */
  readonly unread: Counts;
}

/** What a capture may name in its interfaces; no real one has more. */
const MAX_LINK_TYPES = 64;

const linkNames: ReadonlyMap<number, string> = new Map([
  [0, "loopback"],
  [1, "ethernet"],
  [9, "ppp"],
  [12, "raw-ip"],
  [14, "raw-ip"],
  [50, "ppp"],
  [51, "pppoe"],
  [101, "raw-ip"],
  [104, "cisco-hdlc"],
  [108, "loopback"],
  [113, "linux-cooked"],
  [166, "ppp"],
  [204, "ppp"],
  [219, "mpls"],
  [228, "raw-ip"],
  [229, "raw-ip"],
  [276, "linux-cooked-2"],
  [LINKTYPE_HEP, "hep"],
  [LINKTYPE_LOGGED, "log"],
]);

function linkName(linkType: number): string {
  return linkNames.get(linkType) ?? `linktype-${linkType}`;
}

function counted(counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
