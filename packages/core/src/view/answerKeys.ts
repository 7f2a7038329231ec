import type { Report } from "../diagnosis/report.ts";
import { tellsTheOutcome, wentWrong } from "./selectCalls.ts";
import type { ViewOptions } from "./viewOptions.ts";

/** The sentences of content/<lang>/ui.json for a reader who has nothing to repair, or nothing to see; none where something went wrong. */
export function answerKeys({ totals, calls }: Report, { only }: Pick<ViewOptions, "only"> = {}): readonly string[] {
  if (totals.messages === 0) return ["view.noMessages", "view.noMessagesAdvice"];
  if (calls.some(wentWrong)) return [];
  const hasAnswers =
    only === undefined && calls.some(({ findings }) => findings.some(({ rule }) => tellsTheOutcome(rule)));
  return [hasAnswers ? "view.nothingWrongButAnswers" : "view.nothingWrong"];
}
