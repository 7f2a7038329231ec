const FIRST_SECOND = -62_167_219_200;
const LAST_SECOND = 253_402_300_799;

const DAY_SECONDS = 86_400;
/** 00 to 59. */
const TWO_DIGITS: readonly string[] = Array.from({ length: 60 }, (_, number) => String(100 + number).slice(1));

// Most times that are written fall on the day of the one before.
let lastDay = Number.NaN;
let lastText = "";

/** ISO 8601 with microseconds, UTC. `micros` may lie before 1970 and after 2106; beyond what a date can hold it is clamped. */
export function isoTime(micros: number): string {
  const seconds = Math.min(Math.max(Math.floor(micros / 1e6), FIRST_SECOND), LAST_SECOND);
  const day = Math.floor(seconds / DAY_SECONDS);
  if (day !== lastDay) {
    lastDay = day;
    lastText = new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 11);
  }
  const second = seconds - day * DAY_SECONDS;
  const minute = Math.floor(second / 60);
  const clock = `${TWO_DIGITS[Math.floor(minute / 60)]}:${TWO_DIGITS[minute % 60]}:${TWO_DIGITS[second % 60]}`;
  const rest = Math.min(Math.max(Math.floor(micros - seconds * 1e6), 0), 999_999);
  return `${lastText}${clock}.${String(1_000_000 + rest).slice(1)}Z`;
}

/** The day of it, UTC. */
export function isoDate(micros: number): string {
  return isoTime(micros).slice(0, 10);
}

/** Microseconds since the epoch of a time of the report; NaN for any other text. Date does not keep them. */
export function microsOfIso(time: string): number {
  if (!isIso(time)) return Number.NaN;
  const fraction = time.slice(20).replace(/Z$/u, "").padEnd(6, "0").slice(0, 6);
  return Date.parse(`${time.slice(0, 19)}Z`) * 1000 + Number(fraction);
}

/** True for a time as the report writes it. */
export function isIso(time: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/u.test(time);
}
