import { expect, test } from "vitest";
import { jsonView } from "./json.ts";
import { answeredCall, failedCall, reportOf } from "./report.fixture.ts";

test("JSON is the report, indented by two", () => {
  const report = reportOf([failedCall, answeredCall]);
  expect(JSON.parse(jsonView(report))).toEqual(report);
  expect(jsonView(report)).toContain('\n  "captures": [\n    {\n');
});

test("only the calls asked for are in it, the totals stay those of the input", () => {
  const parsed = JSON.parse(jsonView(reportOf([failedCall, answeredCall]), { only: "failed" }));
  expect(parsed.calls.map(({ id }: { id: string }) => id)).toEqual(["1"]);
  expect(parsed.totals.calls).toBe(2);
});

test("what acts on a terminal is escaped and reads back the same", () => {
  const report = reportOf([{ ...failedCall, from: "\x1b[2J\x9b\u202e\u{e0041}\ud83d\x7f通話" }]);
  const json = jsonView(report);
  expect(json).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/u);
  expect(json).toContain("通話");
  expect(JSON.parse(json)).toEqual(report);
});
