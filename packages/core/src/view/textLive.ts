import type { CallReport, CaptureReport, FindingReport, OutcomeKind, Report } from "../diagnosis/report.ts";
import { numberText } from "../language/numberText.ts";
import { durationOf, startOf, timeToSecond } from "./clock.ts";
import { codeBefore } from "./findingWords.ts";
import { clip, columnsOf, padEnd, padStart } from "./columns.ts";
import { outcomeMarks, outcomeStyles, verdictMarks } from "./marks.ts";
import { createPage, hanging, joinFacts, type Page, visible } from "./page.ts";
import { classStyle } from "./paint.ts";
import { explainsInput } from "./selectCalls.ts";
import { fitParties, inOrder, outcomeCounts } from "./textCalls.ts";
import { wrap } from "./wrap.ts";
import { aboutCaptures, captureHeadline } from "./textCaptures.ts";
import { findingLines } from "./textFinding.ts";
import { inputBlock } from "./textInput.ts";
import type { ViewOptions } from "./viewOptions.ts";

/** The same failure of several calls, as it is remembered when the calls are not. */
export interface FindingCount {
  /** As it was told first. */
  readonly finding: FindingReport;
  readonly count: number;
  /** Start of the first and of the latest call. */
  readonly firstTime: string;
  readonly lastTime: string;
  /** The id of the first call. */
  readonly call: string;
}

/** What is left of the calls that were told. */
export interface LiveCounts {
  readonly outcomes: Readonly<Partial<Record<OutcomeKind, number>>>;
  readonly findings: readonly FindingCount[];
  /** Findings that were not remembered, there being too many different ones. */
  readonly moreFindings: number;
}

/** One line a call as it ends: start, outcome, who to whom, how long, id. */
export function liveCall(call: CallReport, options: ViewOptions): string {
  const page = createPage(reportOf([call]), options);
  const { outcome } = call;
  const style = classStyle(outcome.statusCode) ?? outcomeStyles[outcome.kind];
  const words = kinds.map((kind) => columnsOf(clip(page.say(`outcome.${kind}`), 12)));
  const code = outcome.statusCode === undefined ? "" : String(outcome.statusCode).slice(0, 3);
  const answer = `${outcomeMarks[outcome.kind]} ${padEnd(clip(page.say(`outcome.${outcome.kind}`), 12), Math.max(...words))} ${padEnd(code, 3)}`;
  const seconds = page.say("view.seconds", { seconds: durationOf(call, page.locale) });
  const tail = `${padStart(clip(seconds, 10), 7)}  ${page.paint("quiet", `#${visible(call.id, 12)}`)}`;
  const room = Math.max(12, page.width - 8 - 2 - columnsOf(answer) - 2 - 2 - 7 - 2 - 7);
  const parties = padEnd(fitParties(page, call, room), room);
  return `${visible(startOf(call), 8)}  ${page.paint(style, answer)}  ${parties}  ${tail}`;
}

/** A finding in full, under the line of its call. */
export function liveFinding(finding: FindingReport, call: CallReport, options: ViewOptions): string[] {
  const width = (options.width ?? 80) - indent.length;
  const page = createPage(reportOf([call]), { ...options, width });
  const ladder = options.ladder === true ? { ladderOf: call } : {};
  return findingLines(page, { finding, calls: [call], ...ladder }).map((line) => (line === "" ? "" : indent + line));
}

/** A connection that was not set up: there is no call to tell it with. */
export function liveConnection(finding: FindingReport, options: ViewOptions): string[] {
  return findingLines(createPage(reportOf([]), options), { finding, calls: [] });
}

/** A finding that was told in full before, in short. */
export function liveRepeat(finding: FindingReport, firstCall: string, options: ViewOptions): string[] {
  const page = createPage(reportOf([]), options);
  const told = page.say("live.asTold", { id: visible(firstCall, 12) });
  const lines = headline(page, finding, indent);
  const fits = lines.length === 1 && columnsOf(headlineText(page, finding, indent)) + columnsOf(told) + 5 <= page.width;
  if (fits) return [`${lines[0]} ${page.paint("quiet", `· ${told}`)}`];
  return [...lines, page.paint("quiet", `${indent}  ${told}`)];
}

/** What is said at the end: what was seen, what came of it, each finding with how often, and what the capture lacks. */
export function liveSummary(report: Report, counts: LiveCounts, options: ViewOptions): string[] {
  const page = createPage(report, options);
  const blocks = [
    [...captureHeadline(page), ...outcomeCounts(page, inOrder(counts.outcomes))],
    report.totals.messages === 0
      ? [page.say("view.noMessages"), ...wrap(page.say("view.noMessagesAdvice"), page.proseWidth)]
      : [],
    findingCounts(page, counts),
    explainsInput(report, options) ? inputBlock(page) : [],
    aboutCaptures(page),
  ].filter(({ length }) => length > 0);
  return blocks.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

function findingCounts(page: Page, { findings, moreFindings }: LiveCounts): string[] {
  if (findings.length === 0) return [];
  const sorted = findings.toSorted((a, b) => b.count - a.count);
  const width = Math.max(...sorted.map(({ count }) => numberText(count, page.locale).length));
  const lines = sorted.flatMap((each) => {
    const prefix = `  ${padStart(numberText(each.count, page.locale), width)} × `;
    const [from, until] = [each.firstTime, each.lastTime].map((time) => visible(timeToSecond(time), 8));
    const facts = [...originOf(each.finding), page.say("live.span", { from, until, id: visible(each.call, 12) })];
    const blanks = " ".repeat(columnsOf(prefix) + 2);
    const about = joinFacts([blanks + facts[0], ...facts.slice(1)], page.width, blanks.length);
    return [...headline(page, each.finding, prefix), ...about.map((line) => page.paint("quiet", line))];
  });
  const more = moreFindings > 0 ? [`  ${page.say("live.moreFindings", { count: moreFindings })}`] : [];
  return [page.paint("heading", page.say("live.findings")), ...lines, ...more];
}

/** `● 502 Bad Gateway: The next server's answer could not be used`, behind a prefix. */
function headline(page: Page, finding: FindingReport, prefix: string): string[] {
  const mark = `${prefix}${verdictMarks[finding.verdict]} `;
  const lines = hanging(mark, headlineText(page, finding, ""), page.proseWidth);
  return lines.map((line) => page.paint(classStyle(finding.statusCode), line));
}

function headlineText(page: Page, finding: FindingReport, prefix: string): string {
  return prefix + codeBefore(page, finding) + visible(finding.title);
}

function originOf({ origin }: FindingReport): string[] {
  return origin === undefined ? [] : [visible(origin.address, 80)];
}

function reportOf(calls: readonly CallReport[]): Report {
  const totals = { messages: 0, requests: 0, responses: 0, calls: 0, failedCalls: 0, statusCodes: {} };
  return { version: 1, captures: noCaptures, totals, calls, findings: [] };
}

const noCaptures: readonly CaptureReport[] = [];
const indent = "  ";
const kinds = Object.keys(outcomeMarks) as readonly OutcomeKind[];
