export { answerKeys } from "./answerKeys.ts";
export { mediaTexts } from "./mediaText.ts";
export { htmlView } from "./html.ts";
export { jsonLine, jsonPieces, jsonView } from "./json.ts";
export { ladderView } from "./ladder.ts";
export { describeLadder, ladderSteps } from "./ladderList.ts";
export { linkName } from "./linkName.ts";
export { ladderStyle } from "./ladderStyle.ts";
export { drawLadder, ladderSvg, type DrawnRow, type LadderDrawing, type LadderSvgOptions } from "./ladderSvg.ts";
export { escapeMarkup } from "./escapeMarkup.ts";
export { arrowsShown, buildLadder, lanesShown, type Arrow, type Ladder, type Lane } from "./ladderModel.ts";
export { findingMarkdown, markdownView } from "./markdown.ts";
export { messageDifferences, type Difference } from "./messageDifferences.ts";
export { messageLines, type MessageLine } from "./messageLines.ts";
export { outcomeMarks, outcomeStyles, verdictMarks } from "./marks.ts";
export { groupFindings, type FindingGroup } from "./groupFindings.ts";
export { frameName } from "../call/frameName.ts";
export { findingKey } from "../diagnosis/findingKey.ts";
export { lackOf, saidTime, startTimes, timeSpan } from "./saidTimes.ts";
export { isNamed, selectCalls, wentWrong } from "./selectCalls.ts";
export { escapeMarkdown } from "./escapeMarkdown.ts";
export { escapeTerminal } from "./escapeTerminal.ts";
export { clip, columnsOf, padEnd, padStart } from "./columns.ts";
export { wrap } from "./wrap.ts";
export { redactionList } from "./redactionList.ts";
export { classStyle, createPaint, type Paint, type Style } from "./paint.ts";
export { namedCode, reasonPhrase } from "./reasonPhrase.ts";
export { callsNamed, type CallsNamed } from "./callsNamed.ts";
export { countedOutcomes } from "./textCalls.ts";
export { textView, toldAlike } from "./text.ts";
export { quoteSaid, toldEvidence, type ToldEvidence } from "./toldEvidence.ts";
export {
  type FindingCount,
  liveCall,
  type LiveCounts,
  liveConnection,
  liveFinding,
  liveRepeat,
  liveSummary,
} from "./textLive.ts";
export type { ViewOptions } from "./viewOptions.ts";
export { whyUnread } from "./whyUnread.ts";
