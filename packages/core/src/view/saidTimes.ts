import type { CallReport, CaptureReport, TimesLack } from "../diagnosis/report.ts";
import { dateOf, startOf, timeToSecond, UNKNOWN } from "./clock.ts";

type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** What the times of some of the captures do not say: then it is shown for none. */
export function lackOf(captures: readonly CaptureReport[]): ReadonlySet<TimesLack> {
  return new Set(captures.flatMap(({ timesLack = [] }) => timesLack));
}

/** `2026-11-22T07:04:06.383193Z` without what the log did not say. */
export function saidTime(time: string, lacks: ReadonlySet<TimesLack>): string {
  return lacks.size === 0 ? time : time.slice(startOfSaid(lacks)).replace(/Z$/u, "");
}

/** `2026-11-22 07:04:06 to 07:04:09 UTC`, without what the log did not say. */
export function timeSpan(first: string, last: string, lacks: ReadonlySet<TimesLack>, say: Say): string {
  const times = { from: timeToSecond(first), until: timeToSecond(last) };
  if (lacks.has("day")) return say("view.timesOfDay", times);
  const [fromDate, untilDate] = [first, last].map((time) => dateOf(time).slice(startOfSaid(lacks)));
  return fromDate === untilDate
    ? say(`view.timeSpan${ofLog(lacks)}`, { date: fromDate, ...times })
    : say(`view.timeSpanOverDays${ofLog(lacks)}`, { fromDate, untilDate, ...times });
}

/** Columns that the longest of them takes. */
export const LONGEST_START: number = "2026-11-22 10:04:11".length;

/** How a list says when calls began: `10:04:11`, and `11-22 10:04:11` where the captures run over several days. */
export function startTimes(captures: readonly CaptureReport[]): (call: CallReport) => string {
  const lacks = lackOf(captures);
  const ends = captures.flatMap(({ firstTime, lastTime }) => [firstTime, lastTime]);
  const days = new Set(ends.flatMap((time) => (time === undefined ? [] : [dateOf(time)])));
  if (lacks.has("day") || days.size < 2) return startOf;
  const years = new Set([...days].map((day) => day.slice(0, 4)));
  const from = lacks.has("year") || years.size === 1 ? "2026-".length : 0;
  return ({ startTime, untimed }) =>
    untimed === true ? UNKNOWN : `${dateOf(startTime).slice(from)} ${timeToSecond(startTime)}`;
}

/** The name of the heading of a column of a table. */
export function columnKey(column: string, lacks: ReadonlySet<TimesLack>): string {
  return `view.${column}Column${TIME_COLUMNS.has(column) ? ofLog(lacks) : ""}`;
}

const TIME_COLUMNS: ReadonlySet<string> = new Set(["start", "first", "last"]);

function ofLog(lacks: ReadonlySet<TimesLack>): string {
  return lacks.size === 0 ? "" : "OfLog";
}

/** Where in a time of the report stands what the log said. */
function startOfSaid(lacks: ReadonlySet<TimesLack>): number {
  if (lacks.has("day")) return "2026-11-22T".length;
  return lacks.has("year") ? "2026-".length : 0;
}
