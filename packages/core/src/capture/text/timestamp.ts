import { isDigit } from "../../bytes/ascii.ts";

/** A time as a log prints it. */
export interface Timestamp {
  /** Microseconds since the epoch of its day, read as UTC unless the log names an offset; undefined where the log does not say the day. */
  readonly dayMicros: number | undefined;
  /** False where the day comes without a year. */
  readonly hasYear: boolean;
  /** The log says how far its time is from UTC, or counts seconds. */
  readonly hasZone: boolean;
  /** True where it counts from the first time of the log, or from the one before. */
  readonly isSinceFirst?: boolean;
  /** Microseconds since midnight, or since that. */
  readonly ofDayMicros: number;
  /** Where it ends in the line. */
  readonly end: number;
}

const DAY_MICROS = 86_400_000_000;
const SECOND_MICROS = 1_000_000;
/** In place of a year that is not said. A leap year, so that each day exists. */
const NO_YEAR = 1972;
const MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

/**
 * The time at `from`, in one of the shapes that logs have: `2026-11-22 07:04:06.383193`, `2026/11/22T07:04:06,383+01:00`,
 * `22/11/2026 07:04:06`, `Nov 22 07:04:06.383`, `Sun Nov 22 2026 07:04:06 GMT+0100`, `07:04:06.383193`, `1795331046.383193`, Android's `11-22 07:04:06.383`,
 * `1122070406.383|` of Polycom's phones.
 */
export function timestampAt(line: string, from: number): Timestamp | undefined {
  const first = line.charCodeAt(from);
  if (isDigit(first)) {
    return (
      numericDate(line, from) ??
      timeOfDay(line, from, undefined, true) ??
      monthAndDay(line, from) ??
      compactDate(line, from) ??
      epoch(line, from)
    );
  }
  const at = WEEKDAYS.has(line.slice(from, from + 4)) ? from + 4 : from;
  const month = monthAt(line, at);
  return month > 0 ? monthDate(line, at + 3, month) : undefined;
}

const WEEKDAYS: ReadonlySet<string> = new Set(["Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "]);

/** Digits of a fixed count; -1 if they are not there. */
function digits(line: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const code = line.charCodeAt(i);
    if (!isDigit(code)) return -1;
    value = value * 10 + code - 48;
  }
  return value;
}

/** Year first, or day first with four digits of a year. */
function numericDate(line: string, from: number): Timestamp | undefined {
  const yearFirst = isDateSeparator(line[from + 4]) && line[from + 4] === line[from + 7];
  const dayFirst = isDateSeparator(line[from + 2]) && line[from + 2] === line[from + 5];
  if (!yearFirst && !dayFirst) return undefined;
  const year = digits(line, yearFirst ? from : from + 6, 4);
  const second = digits(line, yearFirst ? from + 5 : from + 3, 2);
  const third = digits(line, yearFirst ? from + 8 : from, 2);
  const separator = line[from + 10];
  // As Lync writes it.
  const isMonthFirst = !yearFirst && (separator === "|" || separator === "-");
  if (separator !== " " && separator !== "T" && separator !== "\t" && !isMonthFirst) return undefined;
  // Day before month, unless that is no date.
  const [month, day] = isMonthFirst || (!yearFirst && second > 12) ? [third, second] : [second, third];
  const midnight = dayOf(year, month, day);
  return midnight === undefined ? undefined : timeOfDay(line, from + 11, midnight, true);
}

/** `11-22 07:04:06.383`. */
function monthAndDay(line: string, from: number): Timestamp | undefined {
  if (line[from + 2] !== "-" || line[from + 5] !== " ") return undefined;
  const midnight = dayOf(NO_YEAR, digits(line, from, 2), digits(line, from + 3, 2));
  return midnight === undefined ? undefined : timeOfDay(line, from + 6, midnight, false);
}

/** `1122070406.383|`, `1122070406|`: without the bar it is a number. */
function compactDate(line: string, from: number): Timestamp | undefined {
  const { micros, end } = fraction(line, from + 10);
  if (line[end] !== "|") return undefined;
  const midnight = dayOf(NO_YEAR, digits(line, from, 2), digits(line, from + 2, 2));
  const [hour, minute, second] = [4, 6, 8].map((at) => digits(line, from + at, 2));
  if (midnight === undefined || hour < 0 || minute < 0 || second < 0) return undefined;
  const ofDayMicros = ((hour * 60 + minute) * 60 + second) * SECOND_MICROS + micros;
  return { dayMicros: midnight, hasYear: false, hasZone: false, ofDayMicros, end };
}

function isDateSeparator(character: string | undefined): boolean {
  return character === "-" || character === "/" || character === ".";
}

function monthAt(line: string, from: number): number {
  const at = MONTHS.indexOf(line.slice(from, from + 3).toLowerCase());
  return at >= 0 && at % 3 === 0 && line[from + 3] === " " ? at / 3 + 1 : -1;
}

/** `Nov 22 07:04:06`, `Nov  2 07:04:06`, `Nov 22 2026 07:04:06`, `Nov 22, 2026 @ 07:04:06.383` of Kibana. */
function monthDate(line: string, from: number, month: number): Timestamp | undefined {
  let at = skipSpaces(line, from);
  const day = isDigit(line.charCodeAt(at + 1)) ? digits(line, at, 2) : digits(line, at, 1);
  at += day > 9 || line[at] === "0" ? 2 : 1;
  const isKibanas = line.startsWith(" @ ", at + 6) && line[at] === ",";
  at = skipSpaces(line, isKibanas ? at + 1 : at);
  const year = line[at + 4] === " " || line[at + 4] === "," ? digits(line, at, 4) : -1;
  if (year > 0) at = skipSpaces(line, at + (isKibanas ? 6 : 5));
  const midnight = dayOf(year > 0 ? year : NO_YEAR, month, day);
  return midnight === undefined ? undefined : timeOfDay(line, at, midnight, year > 0);
}

function timeOfDay(line: string, from: number, day: number | undefined, hasYear: boolean): Timestamp | undefined {
  const [hour, minute, second] = [digits(line, from, 2), digits(line, from + 3, 2), digits(line, from + 6, 2)];
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return undefined;
  if (line[from + 2] !== ":" || line[from + 5] !== ":") return undefined;
  const { micros, end } = fraction(line, from + 8);
  const offset = day === undefined ? undefined : zoneOffset(line, end);
  const ofDayMicros = ((hour * 60 + minute) * 60 + second) * SECOND_MICROS + micros;
  return {
    dayMicros: day,
    hasYear,
    hasZone: offset !== undefined,
    ofDayMicros: ofDayMicros - (offset?.micros ?? 0),
    end: offset?.end ?? end,
  };
}

function fraction(line: string, from: number): { micros: number; end: number } {
  if (line[from] !== "." && line[from] !== "," && line[from] !== ":") return { micros: 0, end: from };
  let end = from + 1;
  let micros = 0;
  for (let unit = 100_000; isDigit(line.charCodeAt(end)); end++, unit = Math.floor(unit / 10)) {
    micros += (line.charCodeAt(end) - 48) * unit;
  }
  return end === from + 1 ? { micros: 0, end: from } : { micros, end };
}

/** `Z`, `+01:00`, `+0100`, ` GMT+0100`; a space before it only with a sign and four digits. Undefined where there is none. */
function zoneOffset(line: string, end: number): { micros: number; end: number } | undefined {
  if (line[end] === "Z") return { micros: 0, end: end + 1 };
  const at = line.startsWith(" GMT", end) ? end + 4 : line[end] === " " ? end + 1 : end;
  const sign = line[at] === "+" ? 1 : line[at] === "-" ? -1 : 0;
  const hours = digits(line, at + 1, 2);
  const colon = line[at + 3] === ":" ? 1 : 0;
  const minutes = digits(line, at + 3 + colon, 2);
  if (sign === 0 || hours < 0 || minutes < 0) return undefined;
  return { micros: sign * (hours * 60 + minutes) * 60 * SECOND_MICROS, end: at + 5 + colon };
}

/** Seconds since 1970 with a fraction, between 2001 and 2286: ten digits. */
function epoch(line: string, from: number): Timestamp | undefined {
  const seconds = digits(line, from, 10);
  if (seconds < 1_000_000_000 || line[from + 10] !== ".") return undefined;
  const { micros, end } = fraction(line, from + 10);
  const day = Math.floor(seconds / 86_400) * DAY_MICROS;
  const ofDayMicros = (seconds % 86_400) * SECOND_MICROS + micros;
  return { dayMicros: day, hasYear: true, hasZone: true, ofDayMicros, end };
}

/** Microseconds since the epoch of midnight; undefined if there is no such day. */
function dayOf(year: number, month: number, day: number): number | undefined {
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return Date.UTC(year, month - 1, day) * 1000;
}

function skipSpaces(line: string, from: number): number {
  let at = from;
  while (line[at] === " ") at++;
  return at;
}
