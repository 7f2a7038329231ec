import { isSameAgent } from "../network/captureAgent.ts";
import type { Endpoint, Packet } from "../network/packet.ts";

/** Same IP identification of a source that gives each packet another one: the same packet, whatever two taps' clocks say. */
const SAME_PACKET_MICROS = 2_000_000;
/** Without an IP identification: well below the shortest retransmission (T1, RFC 3261 §17.1.1.2). */
const SAME_INSTANT_MICROS = 50_000;
/** Two capture agents with clocks of their own, or a source that may give all packets one identification: still below the shortest retransmission. */
const BELOW_T1_MICROS = 400_000;
/** Nobody repeats a message so soon: with another IP identification something on the way has sent it on. */
const AT_ONCE_MICROS = 5_000;
const NEVER = -1;
const MAX_SOURCES = 10_000;

/**
 * True where the packet is a second sight of the other one (two taps, a mirror port). A retransmission is a new packet: it has
 * another IP identification, or comes T1 later.
 * @param idsVary the source is known to give packets different identifications
 */
export function isSecondSight(a: Packet, b: Packet, idsVary: boolean = true): boolean {
  if (a.source !== b.source || a.destination !== b.destination || a.end - a.start !== b.end - b.start) return false;
  const apart = Math.abs(a.timeMicros - b.timeMicros);
  return apart <= mostApart(a, b, idsVary) && sameBytes(a, b);
}

function mostApart(a: Packet, b: Packet, idsVary: boolean): number {
  if (a.ipId <= 0 || b.ipId <= 0) return instantOf(a, b);
  if (a.ipId !== b.ipId) return a.untimed === true || b.untimed === true ? NEVER : AT_ONCE_MICROS;
  return idsVary ? SAME_PACKET_MICROS : BELOW_T1_MICROS;
}

/** Which sources give each packet another IP identification: of one that is not fragmented it may be any value, so all may have the same. */
export class Identifications {
  /** By address: the only one so far, or -1 where there were others. */
  readonly #seen: Map<string, number> = new Map();

  add({ source: { address }, ipId }: Packet): void {
    if (ipId <= 0) return;
    const known = this.#seen.get(address);
    if (known === undefined) {
      if (this.#seen.size < MAX_SOURCES) this.#seen.set(address, ipId);
    } else if (known >= 0 && known !== ipId) this.#seen.set(address, -1);
  }

  vary({ address }: Endpoint): boolean {
    return this.#seen.get(address) === -1;
  }
}

function instantOf({ captureAgent: a }: Packet, { captureAgent: b }: Packet): number {
  return a === undefined || b === undefined || isSameAgent(a, b) ? SAME_INSTANT_MICROS : BELOW_T1_MICROS;
}

function sameBytes(a: Packet, b: Packet): boolean {
  const length = a.end - a.start;
  for (let i = 0; i < length; i++) {
    if (a.bytes[a.start + i] !== b.bytes[b.start + i]) return false;
  }
  return true;
}
