import type { Report } from "../diagnosis/report.ts";
import { answerKeys } from "./answerKeys.ts";
import { groupFindings } from "./groupFindings.ts";
import { createPage, hanging, type Page } from "./page.ts";
import { explainsInput, selectCalls } from "./selectCalls.ts";
import { aboutCaptures, captureHeadline } from "./textCaptures.ts";
import { callTable, countedOutcomes, outcomeCounts, rowsShown } from "./textCalls.ts";
import { findingLines } from "./textFinding.ts";
import { inputBlock } from "./textInput.ts";
import { remainingLadders } from "./textLadders.ts";
import type { ViewOptions } from "./viewOptions.ts";

/** The report for a terminal or a log: the answer first, then the proof, then what to do; the calls and the captures last. */
export function textView(report: Report, options: ViewOptions): string {
  const selected = selectCalls(report, options);
  const page = createPage(selected, options);
  const groups = groupFindings(selected.calls);
  const blocks = [
    [...captureHeadline(page), ...outcomeCounts(page, countedOutcomes(selected.calls))],
    answerLines(page, options),
    ...groups.map((group) => findingLines(page, group)),
    callTable(page, options),
    ...remainingLadders(page, groups),
    explainsInput(report, options) ? inputBlock(page) : [],
    aboutCaptures(page),
  ];
  return (
    blocks
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n"))
      .join("\n\n") + "\n"
  );
}

/** Of how many calls that are alike the text tells more than what they are grouped by. */
export function toldAlike({ call, only, ladder = false }: Pick<ViewOptions, "call" | "only" | "ladder">): number {
  return call === undefined && only === undefined && !ladder ? rowsShown : Number.POSITIVE_INFINITY;
}

/** The sentence for a reader who has nothing to repair, or nothing to see. */
function answerLines(page: Page, { call, only }: ViewOptions): string[] {
  const { report, paint, say } = page;
  const isEmpty = report.totals.messages === 0;
  if (!isEmpty && report.calls.length === 0 && call !== undefined) return [say("view.noCallSelected")];
  return answerKeys(report, { only }).flatMap((key, index) => {
    if (isEmpty) return hanging(index === 0 ? "? " : "  ", say(key), page.proseWidth);
    return hanging("✓ ", say(key), page.proseWidth).map((line) => paint("2xx", line));
  });
}
