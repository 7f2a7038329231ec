import { contact } from "../message/contact.ts";
import { parseMessage } from "../message/parseMessage.ts";
import type { SipResponse } from "../message/message.ts";
import type { MessagePeek } from "../message/peekMessage.ts";
import { to } from "../message/to.ts";
import { parseUri, uriWithoutParameters } from "../message/uri.ts";
import { via } from "../message/via.ts";
import type { Endpoint, Packet } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { isSuccess } from "../transaction/transaction.ts";
import { bindingsOf } from "./registrations.ts";

/** A request went to a registered phone after a long silence of that phone. */
export interface QuietRequest {
  /** The address of record, as a person calls it. */
  readonly user: string;
  /** The last packet from the phone, microseconds since the epoch. */
  readonly lastHeardMicros: number;
}

export interface PhoneFlowsOptions {
  /** A registrar answered a REGISTER with a 2xx. */
  onRegistered(response: SipResponse): void;
  /** This request went to a registered phone that had been silent for longer than keep-alives allow. */
  onQuietRequest(packet: Packet, quiet: QuietRequest): void;
}

interface Flow {
  readonly user: string;
  readonly endsMicros: number;
  lastHeardMicros: number;
}

/** Those used least recently are forgotten first. */
const MAX_FLOWS = 20_000;
/** Keep-alives of UDP are due every 24 to 29 s: whoever keeps to it is never quiet that long. RFC 5626 §4.4.1 */
const QUIET_MICROS = 30_000_000;

/** Remembers when each registered phone behind a NAT was last heard. Fed as messages arrive: a call tells of its own messages only. */
export class PhoneFlows {
  readonly #options: PhoneFlowsOptions;
  readonly #flows: RecentMap<Endpoint, Flow>;
  /** How many flows were forgotten. */
  dropped = 0;

  constructor(options: PhoneFlowsOptions) {
    this.#options = options;
    this.#flows = new RecentMap<Endpoint, Flow>(MAX_FLOWS, (flows) => {
      this.dropped += [...flows].length;
    });
  }

  push(packet: Packet, peek: MessagePeek): void {
    const { kind, method } = peek;
    if (this.#flows.size > 0) {
      this.heard(packet.source, packet.timeMicros);
      if (kind === "request" && method !== "ACK") this.#noteQuiet(packet);
    }
    if (method !== "REGISTER" || !isSuccess(peek)) return;
    const response = parseMessage(packet);
    if (response?.kind !== "response") return;
    this.#options.onRegistered(response);
    if (packet.transport === "udp" && response.branches.length === 1) this.#addFlow(response);
  }

  /** Anything at all came from there, a keep-alive too. */
  heard(source: Endpoint, timeMicros: number): void {
    const flow = this.#flows.get(source);
    if (flow !== undefined) flow.lastHeardMicros = Math.max(flow.lastHeardMicros, timeMicros);
  }

  #noteQuiet(packet: Packet): void {
    const flow = this.#flows.get(packet.destination);
    const { timeMicros } = packet;
    if (flow === undefined || timeMicros - flow.lastHeardMicros < QUIET_MICROS || timeMicros > flow.endsMicros) return;
    const { user, lastHeardMicros } = flow;
    this.#options.onQuietRequest(packet, { user, lastHeardMicros });
  }

  #addFlow(response: SipResponse): void {
    const user = response.first(to)?.uri;
    if (user === undefined) return;
    const { destination: client, timeMicros } = response.packet;
    const endsMicros = bindingsOf(response).reduce((latest, binding) => Math.max(latest, binding.endsMicros), 0);
    if (endsMicros <= timeMicros || isReachedDirectly(response)) this.#flows.delete(client);
    else this.#flows.set(client, { user: uriWithoutParameters(user), endsMicros, lastHeardMicros: timeMicros });
  }
}

/** Via and a Contact both name the address that the packets come from: no NAT has changed it. RFC 3581 §3, RFC 3261 §18.2.1 */
function isReachedDirectly(response: SipResponse): boolean {
  const { address } = response.packet.destination;
  if (response.first(via)?.host !== address) return false;
  return response.all(contact).some(({ uri }) => parseUri(uri)?.host === address);
}
