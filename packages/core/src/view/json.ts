import type { Report } from "../diagnosis/report.ts";
import { escapeJson } from "./escapeJson.ts";
import { selectCalls } from "./selectCalls.ts";
import type { ViewOptions } from "./viewOptions.ts";

/** One line of JSON, as safe to look at. */
export function jsonLine(value: unknown): string {
  return escapeJson(JSON.stringify(value)) + "\n";
}

/** The report as JSON, indented by two. What could act on a terminal is written as `\u` escapes: the same JSON, safe to look at. */
export function jsonView(report: Report, options: Pick<ViewOptions, "call" | "only"> = {}): string {
  return [...jsonPieces(report, options)].join("");
}

/** The same in pieces, a call at a time: as one string a large report has no room. */
export function* jsonPieces(
  report: Report,
  options: Pick<ViewOptions, "call" | "only"> = {},
): Generator<string, void, undefined> {
  const { calls } = selectCalls(report, options);
  const [head, tail] = escapeJson(JSON.stringify({ ...report, calls: [] }, undefined, 2)).split(NO_CALLS);
  yield head + NO_CALLS.slice(0, -1);
  let separator = "";
  for (const call of calls) {
    yield separator + INDENT + escapeJson(JSON.stringify(call, undefined, 2)).replaceAll("\n", INDENT);
    separator = ",";
  }
  yield `${calls.length === 0 ? "" : "\n  "}]${tail}\n`;
}

/** No string of JSON holds a line end, so this is the property of the report. */
const NO_CALLS = '\n  "calls": []';
const INDENT = "\n    ";
