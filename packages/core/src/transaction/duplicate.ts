import type { SipMessage } from "../message/message.ts";

/** How many messages of the leg are looked back on. */
const LOOK_BACK = 32;
/** Same IP identification: the same packet, whatever two taps' clocks say. */
const SAME_PACKET_MICROS = 2_000_000;
/** Without an IP identification: well below the shortest retransmission (T1, RFC 3261 §17.1.1.2). */
const SAME_INSTANT_MICROS = 50_000;

/**
 * The message of which this one is a second sight of the same packet (two taps, a mirror port), if any. A retransmission is a
 * new packet: it has another IP identification, or comes T1 later.
 */
export function duplicateOf(message: SipMessage, earlier: readonly SipMessage[]): SipMessage | undefined {
  const stop = Math.max(0, earlier.length - LOOK_BACK);
  for (let i = earlier.length - 1; i >= stop; i--) {
    if (samePacket(message, earlier[i])) return earlier[i];
  }
  return undefined;
}

function samePacket(a: SipMessage, b: SipMessage): boolean {
  const p = a.packet;
  const q = b.packet;
  if (p.source !== q.source || p.destination !== q.destination || p.end - p.start !== q.end - q.start) return false;
  const apart = Math.abs(p.timeMicros - q.timeMicros);
  const identified = p.ipId > 0 && q.ipId > 0;
  if (identified ? p.ipId !== q.ipId || apart > SAME_PACKET_MICROS : apart > SAME_INSTANT_MICROS) return false;
  return sameBytes(a, b);
}

/** True where both messages are the same to the byte. */
export function sameBytes(a: SipMessage, b: SipMessage): boolean {
  const p = a.packet;
  const q = b.packet;
  const length = p.end - p.start;
  if (length !== q.end - q.start) return false;
  for (let i = 0; i < length; i++) {
    if (p.bytes[p.start + i] !== q.bytes[q.start + i]) return false;
  }
  return true;
}
