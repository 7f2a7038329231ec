import type { SipMessage } from "../message/message.ts";

/** Microseconds between two messages; NaN, which is neither more nor less than anything, where one of them has no time. */
export function microsBetween({ packet: earlier }: SipMessage, { packet: later }: SipMessage): number {
  return earlier.untimed === true || later.untimed === true ? Number.NaN : later.timeMicros - earlier.timeMicros;
}

/** True where a message comes no later than another; the order is known of those without a time too. */
export function isBefore({ packet: earlier }: SipMessage, { packet: later }: SipMessage): boolean {
  return earlier.timeMicros <= later.timeMicros;
}

/** Seconds between two messages, to a tenth, or NaN. */
export function secondsBetween(earlier: SipMessage, later: SipMessage): number {
  return Math.round(elapsedMicros(earlier, later) / 100_000) / 10;
}

/** Milliseconds between two messages, or NaN. */
export function millisBetween(earlier: SipMessage, later: SipMessage): number {
  return Math.round(elapsedMicros(earlier, later) / 1000);
}

/** More than the clocks of two captures differ by when they are aligned. */
const CLOCK_STEP_MICROS = 1_000_000;

/** NaN also where the clock was set back between them. */
function elapsedMicros(earlier: SipMessage, later: SipMessage): number {
  const micros = microsBetween(earlier, later);
  return micros < -CLOCK_STEP_MICROS ? Number.NaN : micros;
}

/** Seconds from a message to a time, microseconds since the epoch, to a tenth, or NaN. */
export function secondsUntil({ packet }: SipMessage, untilMicros: number): number {
  return packet.untimed === true ? Number.NaN : secondsOf(packet.timeMicros, untilMicros);
}

/** Seconds from a time to another, both in microseconds, to a tenth. */
export function secondsOf(fromMicros: number, toMicros: number): number {
  return Math.round((toMicros - fromMicros) / 100_000) / 10;
}
