import type { Timestamp } from "./timestamp.ts";

const DAY_MICROS = 86_400_000_000;

/** Makes times of what a log prints: a time without a day is of the latest day that the log named, or of day 0, and midnight passes. */
export class TraceClock {
  #dayMicros = 0;
  #hasYear = false;
  #latestMicros: number | undefined;
  #isTaken = true;

  /** Microseconds since the epoch. */
  read({ dayMicros, hasYear, ofDayMicros }: Timestamp): number {
    // A day without a year does not replace one that has it: those lines are of another program.
    if (dayMicros !== undefined && (hasYear || !this.#hasYear)) {
      this.#dayMicros = dayMicros;
      this.#hasYear = hasYear;
    } else if (dayMicros === undefined) this.#passMidnight(ofDayMicros);
    this.#isTaken = false;
    return (this.#latestMicros = this.#dayMicros + ofDayMicros);
  }

  /** Something else than the log itself said the time. */
  observe(timeMicros: number): void {
    this.#dayMicros = Math.floor(timeMicros / DAY_MICROS) * DAY_MICROS;
    this.#hasYear = true;
    this.#latestMicros = timeMicros;
    this.#isTaken = false;
  }

  /** The latest time that was read, once. */
  take(): number | undefined {
    const isTaken = this.#isTaken;
    this.#isTaken = true;
    return isTaken ? undefined : this.#latestMicros;
  }

  /** The latest time that was read, if any. */
  get latestMicros(): number | undefined {
    return this.#latestMicros;
  }

  #passMidnight(ofDayMicros: number): void {
    if (this.#latestMicros === undefined) return;
    if (this.#dayMicros + ofDayMicros < this.#latestMicros - DAY_MICROS / 2) this.#dayMicros += DAY_MICROS;
  }
}
