import { isIso, microsOfIso } from "../diagnosis/isoTime.ts";
import type { CallReport } from "../diagnosis/report.ts";
import { numberText } from "../language/numberText.ts";

/** What stands where the input does not say it. */
export const UNKNOWN = "?";

/** `10:04:11.123` of `2026-11-22T10:04:11.123456Z`; other text as it is. */
export function timeOfDay(time: string): string {
  return isIso(time) ? time.slice(11, 23).replace(/Z$/u, "") : time;
}

/** `10:04:11` */
export function timeToSecond(time: string): string {
  return isIso(time) ? time.slice(11, 19) : time;
}

/** `2026-11-22` */
export function dateOf(time: string): string {
  return isIso(time) ? time.slice(0, 10) : time;
}

/** Seconds from one time of the report to another, to the microsecond. */
export function secondsBetween(from: string, to: string): number {
  const seconds = (microsOfIso(to) - microsOfIso(from)) / 1e6;
  return Number.isFinite(seconds) ? seconds : 0;
}

/** `31.5`, `0.004`, `312`: as many decimals as a reader needs, in the digits of the language. */
export function formatSeconds(seconds: number, locale: string): string {
  const size = Math.abs(seconds);
  const decimals = size < 1 ? 3 : size < 100 ? 1 : 0;
  return numberText(seconds, locale, { decimals });
}

/** When a call began, `10:04:11`. */
export function startOf({ startTime, untimed }: CallReport): string {
  return untimed === true ? UNKNOWN : timeToSecond(startTime);
}

/** How long it took, as `formatSeconds`. */
export function durationOf({ durationSeconds, untimed }: CallReport, locale: string): string {
  return untimed === true ? UNKNOWN : formatSeconds(durationSeconds, locale);
}

/** `+0.500`: seconds since the call began, in a ladder; nothing for NaN. */
export function offsetOf(seconds: number): string {
  return Number.isNaN(seconds) ? "" : `+${seconds.toFixed(3)}`;
}
