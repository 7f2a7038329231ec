import type { TimesLack } from "../captureFormat.ts";
import type { Timestamp } from "./timestamp.ts";

const DAY_MICROS = 86_400_000_000;
/** Packets may be out of order by this much. */
const CLOCK_TOLERANCE_MICROS = 1_000_000;

/** A time that stands beside a line or a message, and not in it. */
export interface SaidTime {
  /** Since the epoch. */
  readonly timeMicros: number;
  readonly hasYear: boolean;
  readonly hasZone: boolean;
}

/**
 * Makes times of what a log prints: a time without a day is of the latest day that the log named, or of day 0, and midnight passes. Where the first day
 * is named behind times without one, either these are moved to it, or what comes goes on from them.
 */
export class TraceClock {
  /** What the times that messages got do not say. */
  readonly lacks: Set<TimesLack> = new Set();
  #dayMicros = 0;
  #hasDay = false;
  #hasYear = false;
  #hasZone = false;
  #latestMicros: number | undefined;
  #isTaken = true;
  /** What all days are later than they are told, as the first came late. */
  #lateMicros = 0;
  /** Of times that count from the first one, the latest. */
  #sinceFirst = 0;
  #countsFromLatest = false;
  readonly #moveAll: (micros: number) => boolean;

  /** @param moveAll adds to all times that were given so far; false where they are in use */
  constructor(moveAll: (micros: number) => boolean = () => false) {
    this.#moveAll = moveAll;
  }

  /** Microseconds since the epoch. */
  read({ dayMicros, hasYear, hasZone, isSinceFirst, ofDayMicros }: Timestamp): number {
    if (isSinceFirst === true) return this.#readSinceFirst(ofDayMicros);
    // A day without a year does not replace one that has it: those lines are of another program.
    if (dayMicros !== undefined && (hasYear || !this.#hasYear)) {
      if (!this.#hasDay && this.#latestMicros !== undefined) this.#learnDay(dayMicros + ofDayMicros);
      this.#dayMicros = dayMicros - this.#lateMicros;
      this.#hasDay = true;
      this.#hasYear = hasYear;
    } else if (dayMicros === undefined) this.#passMidnight(ofDayMicros);
    this.#hasZone = hasZone;
    this.#isTaken = false;
    return (this.#latestMicros = this.#dayMicros + ofDayMicros);
  }

  /** Times that go back count from the one before each. */
  #readSinceFirst(micros: number): number {
    this.#countsFromLatest ||= micros < this.#sinceFirst - CLOCK_TOLERANCE_MICROS;
    this.#sinceFirst = this.#countsFromLatest ? this.#sinceFirst + micros : micros;
    this.#hasZone = false;
    this.#isTaken = false;
    return (this.#latestMicros = this.#dayMicros + this.#sinceFirst);
  }

  /** Something else than the log itself said the time. */
  observe({ timeMicros, hasYear, hasZone }: SaidTime): void {
    this.#dayMicros = Math.floor(timeMicros / DAY_MICROS) * DAY_MICROS;
    this.#hasDay = true;
    this.#hasYear = hasYear;
    this.#hasZone = hasZone;
    this.#latestMicros = timeMicros;
    this.#isTaken = false;
  }

  /** The latest time that was read, once. */
  take(): number | undefined {
    if (this.#isTaken) return undefined;
    this.#isTaken = true;
    if (!this.#hasDay || this.#lateMicros > 0) this.lacks.add("day");
    else if (!this.#hasYear) this.lacks.add("year");
    if (!this.#hasZone) this.lacks.add("zone");
    return this.#latestMicros;
  }

  /** The latest time that was read, if any. */
  get latestMicros(): number | undefined {
    return this.#latestMicros;
  }

  /** The latest time is less than half a day away from this one. */
  #learnDay(micros: number): void {
    const later = Math.round((micros - this.#latestMicros!) / DAY_MICROS) * DAY_MICROS;
    if (this.#moveAll(later)) this.lacks.delete("day");
    else this.#lateMicros = later;
  }

  #passMidnight(ofDayMicros: number): void {
    if (this.#latestMicros === undefined) return;
    if (this.#dayMicros + ofDayMicros < this.#latestMicros - DAY_MICROS / 2) this.#dayMicros += DAY_MICROS;
  }
}
