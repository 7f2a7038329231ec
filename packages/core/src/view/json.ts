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
  return escapeJson(JSON.stringify(selectCalls(report, options), undefined, 2)) + "\n";
}
