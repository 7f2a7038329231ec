import { isSameAgent } from "../network/captureAgent.ts";
import type { Packet } from "../network/packet.ts";

/** Same IP identification: the same packet, whatever two taps' clocks say. */
const SAME_PACKET_MICROS = 2_000_000;
/** Without an IP identification: well below the shortest retransmission (T1, RFC 3261 §17.1.1.2). */
const SAME_INSTANT_MICROS = 50_000;
/** Two capture agents with clocks of their own: still below the shortest retransmission. */
const OTHER_AGENT_MICROS = 400_000;

/**
 * True where the packet is a second sight of the other one (two taps, a mirror port). A retransmission is a new packet: it has
 * another IP identification, or comes T1 later.
 */
export function isSecondSight(a: Packet, b: Packet): boolean {
  if (a.source !== b.source || a.destination !== b.destination || a.end - a.start !== b.end - b.start) return false;
  const apart = Math.abs(a.timeMicros - b.timeMicros);
  const identified = a.ipId > 0 && b.ipId > 0;
  if (identified ? a.ipId !== b.ipId || apart > SAME_PACKET_MICROS : apart > instantOf(a, b)) return false;
  return sameBytes(a, b);
}

function instantOf({ captureAgent: a }: Packet, { captureAgent: b }: Packet): number {
  return a === undefined || b === undefined || isSameAgent(a, b) ? SAME_INSTANT_MICROS : OTHER_AGENT_MICROS;
}

function sameBytes(a: Packet, b: Packet): boolean {
  const length = a.end - a.start;
  for (let i = 0; i < length; i++) {
    if (a.bytes[a.start + i] !== b.bytes[b.start + i]) return false;
  }
  return true;
}
