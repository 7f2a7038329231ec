/** ISO 8601 with microseconds, UTC. `micros` may lie before 1970 and after 2106; beyond what a date can hold it is clamped. */
export function isoTime(micros: number): string {
  const seconds = Math.min(Math.max(Math.floor(micros / 1e6), -62_167_219_200), 253_402_300_799);
  const rest = Math.min(Math.max(Math.floor(micros - seconds * 1e6), 0), 999_999);
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${String(rest).padStart(6, "0")}Z`;
}
