import type { Report } from "../diagnosis/report.ts";
import { hasFaults, tellsTheOutcome } from "./selectCalls.ts";
import type { ViewOptions } from "./viewOptions.ts";

/** The sentences of content/<lang>/ui.json for a reader who has nothing to repair, or nothing to see; none where something went wrong. */
export function answerKeys(report: Report, { only }: Pick<ViewOptions, "only"> = {}): readonly string[] {
  if (report.totals.messages === 0) return ["view.noMessages", "view.noMessagesAdvice"];
  if (hasFaults(report)) return [];
  const hasAnswers =
    only === undefined &&
    report.calls.some(
      ({ outcome, findings }) => outcome.kind !== "answered" && findings.some(({ rule }) => tellsTheOutcome(rule)),
    );
  return [hasAnswers ? "view.nothingWrongButAnswers" : "view.nothingWrong"];
}
