import { isSameAgent } from "../network/captureAgent.ts";
import type { Packet } from "../network/packet.ts";

/**
 * Same IP identification of a source that gives each packet another one: the same packet, whatever two taps' clocks say. Who never lets
 * packets be fragmented may give all of them the same.
 */
const SAME_PACKET_MICROS = 2_000_000;
/** Without an IP identification: well below the shortest retransmission (T1, RFC 3261 §17.1.1.2). */
const SAME_INSTANT_MICROS = 50_000;
/** Two capture agents with clocks of their own, or a source that may give all packets one identification: still below the shortest retransmission. */
const BELOW_T1_MICROS = 400_000;
const NEVER = -1;

/**
 * True where the packet is a second sight of the other one (two taps, a mirror port). A retransmission is a new packet: it has
 * another IP identification, or comes T1 later.
 * @param idsVary tells whether the source is known to give packets different identifications
 */
export function isSecondSight(a: Packet, b: Packet, idsVary: () => boolean = () => true): boolean {
  if (a.source !== b.source || a.destination !== b.destination || a.end - a.start !== b.end - b.start) return false;
  const apart = Math.abs(a.timeMicros - b.timeMicros);
  if (apart > mostApart(a, b) || !hasSameBytes(a, b)) return false;
  return apart <= BELOW_T1_MICROS || idsVary();
}

function mostApart(a: Packet, b: Packet): number {
  if (a.ipId <= 0 || b.ipId <= 0) return instantOf(a, b);
  return a.ipId === b.ipId ? SAME_PACKET_MICROS : NEVER;
}

function instantOf({ captureAgent: a }: Packet, { captureAgent: b }: Packet): number {
  return a === undefined || b === undefined || isSameAgent(a, b) ? SAME_INSTANT_MICROS : BELOW_T1_MICROS;
}

/** True where both carry the same message, byte for byte. */
export function hasSameBytes(a: Packet, b: Packet): boolean {
  const length = a.end - a.start;
  if (b.end - b.start !== length) return false;
  for (let i = 0; i < length; i++) {
    if (a.bytes[a.start + i] !== b.bytes[b.start + i]) return false;
  }
  return true;
}
