const FIRST_SECOND = -62_167_219_200;
const LAST_SECOND = 253_402_300_799;

// Most times that are written fall into the second of the one before.
let lastSeconds = Number.NaN;
let lastText = "";

/** ISO 8601 with microseconds, UTC. `micros` may lie before 1970 and after 2106; beyond what a date can hold it is clamped. */
export function isoTime(micros: number): string {
  const seconds = Math.min(Math.max(Math.floor(micros / 1e6), FIRST_SECOND), LAST_SECOND);
  if (seconds !== lastSeconds) {
    lastSeconds = seconds;
    lastText = new Date(seconds * 1000).toISOString().slice(0, 20);
  }
  const rest = Math.min(Math.max(Math.floor(micros - seconds * 1e6), 0), 999_999);
  return `${lastText}${String(1_000_000 + rest).slice(1)}Z`;
}

/** The day of it, UTC. */
export function isoDate(micros: number): string {
  return isoTime(micros).slice(0, 10);
}
