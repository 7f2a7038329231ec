import { uint16 } from "../bytes/integers.ts";
import type { Frame } from "../capture/frame.ts";
import { readHep } from "../capture/hep.ts";
import { IncidentTally } from "../capture/incidentTally.ts";
import { LINKTYPE_HEP } from "../capture/linkType.ts";
import { Datagram } from "./datagram.ts";
import { Fragments } from "./fragments.ts";
import { decodeEsp } from "./esp.ts";
import { emitHep } from "./hep.ts";
import { decodeGre } from "./gre.ts";
import { decodeIcmp, decodeIcmpv6 } from "./icmp.ts";
import { ConnectivityCheckFlows } from "./connectivityChecks.ts";
import { DtlsHandshakes } from "./dtlsHandshakes.ts";
import { InputCounts } from "./inputCounts.ts";
import { AUTHENTICATION, decodeIpv4, decodeIpv6, decodeNextHeader } from "./ip.ts";
import { decodeL2tpOverIp } from "./l2tp.ts";
import { ENCAPSULATION_DEPTH } from "./limits.ts";
import { ethernet, IPV4, IPV6, linkDecoders, MPLS, TRANSPARENT_ETHERNET } from "./linkLayer.ts";
import { LoggedMessages } from "./loggedMessages.ts";
import { decodeMpls } from "./mpls.ts";
import type { Endpoint, NetworkEvent, Packet } from "./packet.ts";
import { decodePpp, decodePppoe } from "./ppp.ts";
import { RtpStreams } from "./rtpStreams.ts";
import { SctpAssociations } from "./sctp.ts";
import { SipPairs } from "./sipPairs.ts";
import { TcpConnections } from "./tcpConnections.ts";
import type { TlsKeys } from "./tls/tlsKeys.ts";
import { decodeUdp } from "./udp.ts";

/** Reads one layer of `datagram` and hands what it holds to the next through `layers`. A tunnel is one of these. */
export type LayerDecoder = (datagram: Datagram, layers: NetworkLayers) => void;

/** By EtherType. */
const networkDecoders: ReadonlyMap<number, LayerDecoder> = new Map([
  [IPV4, decodeIpv4],
  [IPV6, decodeIpv6],
  [0x8100, decodeVlanTag],
  [0x88a8, decodeVlanTag],
  [0x9100, decodeVlanTag],
  [0x9200, decodeVlanTag],
  [MPLS, decodeMpls],
  [0x8848, decodeMpls],
  [0x8864, decodePppoe],
  [0x880b, decodePpp],
  [TRANSPARENT_ETHERNET, decodeEthernet],
]);

/** IP protocol number. RFC 4303 §2 */
const ESP = 50;

/** By IP protocol number. */
const transportDecoders: readonly (LayerDecoder | undefined)[] = byProtocol([
  [1, decodeIcmp],
  [4, tunnelled(decodeIpv4)],
  [6, (datagram, layers) => layers.tcp.push(datagram)],
  [17, decodeUdp],
  [41, tunnelled(decodeIpv6)],
  [47, decodeGre],
  [ESP, decodeEncapsulated],
  // In IPv4 no extension header, but the same.
  [AUTHENTICATION, (datagram, layers) => decodeNextHeader(AUTHENTICATION, datagram, layers)],
  [58, decodeIcmpv6],
  [97, decodeEtherIp],
  [115, decodeL2tpOverIp],
  [132, (datagram, layers) => layers.sctp.push(datagram)],
  [137, decodeMpls],
]);

/** The layers of one capture: what is known of its flows, and where their packets go. */
export class NetworkLayers {
  readonly capture: number;
  readonly onPacket: (packet: Packet) => void;
  readonly onEvent: (event: NetworkEvent) => void;
  readonly onKeepAlive: (source: Endpoint, timeMicros: number) => void;
  readonly tally: IncidentTally;
  readonly counts: InputCounts = new InputCounts();
  readonly keys: TlsKeys;
  readonly pairs: SipPairs = new SipPairs();
  readonly rtp: RtpStreams;
  readonly checks: ConnectivityCheckFlows;
  readonly dtls: DtlsHandshakes;
  /** Set where bytes of a frame may be kept until others come. */
  mayKeep = false;
  readonly #fragments: Fragments = new Fragments(this);
  readonly #tcp: TcpConnections = new TcpConnections(this);
  readonly #sctp: SctpAssociations = new SctpAssociations(this);
  #datagram: Datagram | undefined;
  #logged: LoggedMessages | undefined;
  /** Nobody knows when the frame was captured that is being read. */
  #isUntimed = false;

  constructor(
    capture: number,
    onPacket: (packet: Packet) => void,
    onEvent: (event: NetworkEvent) => void,
    onKeepAlive: (source: Endpoint, timeMicros: number) => void,
    keys: TlsKeys,
  ) {
    this.capture = capture;
    this.keys = keys;
    this.tally = new IncidentTally(capture);
    this.onPacket = (packet) => {
      this.counts.messages[packet.transport]++;
      onPacket(this.#isUntimed ? { ...packet, untimed: true } : packet);
    };
    this.onEvent = onEvent;
    this.rtp = new RtpStreams(onEvent);
    this.checks = new ConnectivityCheckFlows(onEvent);
    this.dtls = new DtlsHandshakes(onEvent);
    this.onKeepAlive = onKeepAlive;
  }

  // What these are given they may keep.
  get fragments(): Fragments {
    this.mayKeep = true;
    return this.#fragments;
  }

  get tcp(): TcpConnections {
    this.mayKeep = true;
    return this.#tcp;
  }

  get sctp(): SctpAssociations {
    this.mayKeep = true;
    return this.#sctp;
  }

  push(frame: Frame): void {
    this.#isUntimed = frame.untimed === true;
    this.counts.addFrame(frame.linkType);
    if (frame.timeMicros >= this.#fragments.deadlineMicros) this.#fragments.expire(frame.timeMicros);
    if (frame.timeMicros >= this.#tcp.deadlineMicros) this.#tcp.expire(frame.timeMicros);
    if (frame.timeMicros >= this.rtp.deadlineMicros) this.rtp.tell(frame.timeMicros);
    if (frame.timeMicros >= this.checks.deadlineMicros) this.checks.tell(frame.timeMicros);
    const decodeLink = linkDecoders[frame.linkType];
    if (decodeLink === undefined) {
      if (frame.linkType === LINKTYPE_HEP) return this.#pushHep(frame);
      if (frame.logged !== undefined) return (this.#logged ??= new LoggedMessages(this)).push(frame, frame.logged);
      this.counts.unread["link-type"]++;
      this.tally.count("link-type-unknown", frame.number, { linkType: frame.linkType });
      return;
    }
    const datagram = (this.#datagram ??= new Datagram(frame));
    datagram.restart(frame);
    this.decodeNetwork(decodeLink(datagram), datagram);
  }

  #pushHep({ capture, number, timeMicros, bytes, start, end }: Frame): void {
    const record = readHep(bytes, start, end);
    if (record === undefined) this.counts.unread.malformed++;
    else emitHep(bytes, record, { capture, frame: number, timeMicros }, this);
  }

  /** Goes on with what an EtherType announces. */
  decodeNetwork(etherType: number, datagram: Datagram): void {
    if (etherType === IPV4) return decodeIpv4(datagram, this);
    const decode = networkDecoders.get(etherType);
    if (decode !== undefined) return decode(datagram, this);
    if (etherType < 0) this.counts.unread.malformed++;
    else this.counts.others[etherType === ARP ? "arp" : "other-network"]++;
  }

  /** Goes on with what an IP protocol number announces. */
  decodeTransport(protocol: number, datagram: Datagram): void {
    const decode = transportDecoders[protocol];
    if (decode !== undefined) return decode(datagram, this);
    this.counts.others["other-transport"]++;
  }

  /** One more encapsulation; false if there are too many to go on. */
  enter(datagram: Datagram): boolean {
    // In how many fragments the tunnel's packet came says nothing about the packet inside.
    datagram.fragments = 1;
    if (++datagram.depth <= ENCAPSULATION_DEPTH) return true;
    this.counts.unread["too-deep"]++;
    this.tally.count("tunnel-too-deep", datagram.frame.number);
    return false;
  }

  flush(): void {
    this.#fragments.flush();
    this.#tcp.flush();
    this.#sctp.flush();
    this.rtp.flush();
    this.checks.flush();
  }
}

/** EtherType. RFC 826 */
const ARP = 0x0806;

/** RFC 4303 */
function decodeEncapsulated(datagram: Datagram, layers: NetworkLayers): void {
  if (!decodeEsp(datagram, layers)) layers.counts.others.esp++;
}

/** IEEE 802.1Q and 802.1ad. */
function decodeVlanTag(datagram: Datagram, layers: NetworkLayers): void {
  const tag = datagram.offset;
  if (datagram.end - tag < 4) {
    layers.counts.unread.malformed++;
    return;
  }
  if (!layers.enter(datagram)) return;
  layers.counts.layers.vlan++;
  datagram.offset = tag + 4;
  layers.decodeNetwork(uint16(datagram.bytes, tag + 2), datagram);
}

/** RFC 2003, RFC 2473, RFC 4213. */
function tunnelled(decode: LayerDecoder): LayerDecoder {
  return (datagram, layers) => {
    if (!layers.enter(datagram)) return;
    layers.counts.layers["ip-in-ip"]++;
    decode(datagram, layers);
  };
}

/** The frame that a tunnel holds; the tunnel has been entered. */
function decodeEthernet(datagram: Datagram, layers: NetworkLayers): void {
  layers.decodeNetwork(ethernet(datagram), datagram);
}

/** Version 3 and nothing else, then a frame. RFC 3378 §2 */
function decodeEtherIp(datagram: Datagram, layers: NetworkLayers): void {
  if (!layers.enter(datagram)) return;
  layers.counts.layers.etherip++;
  datagram.offset += 2;
  decodeEthernet(datagram, layers);
}

function byProtocol(decoders: readonly (readonly [number, LayerDecoder])[]): readonly (LayerDecoder | undefined)[] {
  const table: (LayerDecoder | undefined)[] = Array.from({ length: 256 });
  for (const [protocol, decode] of decoders) table[protocol] = decode;
  return table;
}
