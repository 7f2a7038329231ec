import { expect, test } from "vitest";
import { interfaceText } from "../language/interfaceText.ts";
import { language } from "../language/languages/en.ts";
import { htmlView } from "./html.ts";
import { markdownView } from "./markdown.ts";
import { answeredCall, reportOf } from "./report.fixture.ts";
import { saidTime, startTimes, timeSpan } from "./saidTimes.ts";
import { textView } from "./text.ts";

const say = (key: string, values?: Readonly<Record<string, string | number>>): string =>
  interfaceText(language, key, values ?? {});
const first = "1972-06-05T07:17:52.995000Z";

test.each([
  [[], "1972-06-05 07:17:52 to 07:18:04 UTC", first],
  [["zone"], "1972-06-05 07:17:52 to 07:18:04", "1972-06-05T07:17:52.995000"],
  [["year", "zone"], "06-05 07:17:52 to 07:18:04", "06-05T07:17:52.995000"],
  [["day", "zone"], "07:17:52 to 07:18:04", "07:17:52.995000"],
] as const)("of times without %s nothing is made up", (lacks, span, shown) => {
  expect(timeSpan(first, "1972-06-05T07:18:04.004000Z", new Set(lacks), say)).toBe(span);
  expect(saidTime(first, new Set(lacks))).toBe(shown);
});

test("a list of calls says the day where the captures run over several", () => {
  const last = "2026-11-23T00:10:00.000000Z";
  const { captures } = reportOf([]);
  const [capture] = captures;
  const firstTime = "2026-11-22T23:50:00.000000Z";
  const call = { ...answeredCall, startTime: last };
  const over = reportOf([call], { captures: [{ ...capture, firstTime, lastTime: last }] });
  const within = reportOf([call], { captures: [{ ...capture, firstTime: last, lastTime: last }] });
  for (const view of [textView, markdownView]) {
    const [, listOver] = view(over, { language }).split("Calls");
    const [, listWithin] = view(within, { language }).split("Calls");
    expect(listOver).toContain("11-23 00:10:00");
    expect(listWithin).not.toContain("11-23");
  }
  const [beforeNewYear, newYear] = ["2026-12-31T23:59:00Z", "2027-01-01T00:01:00Z"];
  const telling = startTimes([{ ...capture, firstTime: beforeNewYear, lastTime: newYear }]);
  expect(telling({ ...answeredCall, startTime: newYear })).toBe("2027-01-01 00:01:00");
  const ofLog = startTimes([{ ...capture, firstTime, lastTime: last, timesLack: ["day"] }]);
  expect(ofLog(call)).toBe("00:10:00");
  expect(startTimes(over.captures)({ ...call, untimed: true })).toBe("?");
});

test("every view leaves out the year, the day and the zone that a log does not print", () => {
  const report = reportOf([{ ...answeredCall, startTime: first }]);
  const captures = report.captures.map((capture) => ({
    ...capture,
    firstTime: first,
    lastTime: first,
    timesLack: ["year", "zone"] as const,
  }));
  for (const view of [textView, markdownView, htmlView]) {
    const text = view({ ...report, captures }, { language });
    expect(text).toContain("06-05");
    expect(text).not.toContain("1972");
    expect(text).not.toContain("UTC");
  }
});
