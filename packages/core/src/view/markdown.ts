import type { CallReport, CaptureReport, FindingReport, Report } from "../diagnosis/report.ts";
import { callsNamed } from "./callsNamed.ts";
import { answerKeys } from "./answerKeys.ts";
import { durationOf, timeOfDay } from "./clock.ts";
import { columnsOf, padEnd } from "./columns.ts";
import { codeBlock, codeSpan, escapeMarkdown } from "./escapeMarkdown.ts";
import { codeBefore, readingTexts, ruleText } from "./findingWords.ts";
import { groupFindings, type FindingGroup } from "./groupFindings.ts";
import { ladderLines } from "./ladder.ts";
import { outcomeMarks, verdictMarks } from "./marks.ts";
import { inputLines } from "./inputNames.ts";
import { createPage, frameNumber, visible, type Page } from "./page.ts";
import { partiesOf } from "./parties.ts";
import { columnKey, lackOf, saidTime, startTimes } from "./saidTimes.ts";
import { explainsInput, selectCalls } from "./selectCalls.ts";
import { quoteSaid, toldEvidence } from "./toldEvidence.ts";
import type { ViewOptions } from "./viewOptions.ts";

/** The report for a ticket: everything from the input is escaped, and quoted bytes stand in code blocks they cannot leave. */
export function markdownView(report: Report, options: ViewOptions): string {
  const selected = selectCalls(report, options);
  const page = pageOf(selected, options);
  return joined([
    captureTable(page),
    ...answer(page, options),
    ...groupFindings(selected.calls).flatMap((group) => findingBlocks(page, group)),
    ...callTable(page),
    ...(explainsInput(report, options) ? inputTables(page) : []),
    ...aboutCaptures(page),
  ]);
}

/** One finding of the report, for a ticket. */
export function findingMarkdown(report: Report, group: FindingGroup, options: ViewOptions): string {
  return joined(findingBlocks(pageOf(report, options), group));
}

function pageOf(report: Report, options: ViewOptions): Page {
  return createPage(report, { ...options, color: false, width: options.width ?? 100 });
}

function joined(blocks: readonly (readonly string[])[]): string {
  const texts = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${texts.join("\n\n")}\n`;
}

function captureTable({ report, say }: Page): string[] {
  const lacks = lackOf(report.captures);
  const row = ({ name, format, frames, messages, firstTime, lastTime }: CaptureReport): string[] => [
    codeSpan(visible(name, 300)),
    escapeMarkdown(visible(format, 40)),
    String(frames),
    String(messages),
    firstTime === undefined ? "" : escapeMarkdown(visible(saidTime(firstTime, lacks), 40)),
    firstTime === undefined || lastTime === undefined ? "" : escapeMarkdown(visible(saidTime(lastTime, lacks), 40)),
  ];
  const columns = ["file", "format", "frames", "messages", "first", "last"].map((column) =>
    say(columnKey(column, lacks)),
  );
  return table(columns, report.captures.map(row));
}

function inputTables(page: Page): string[][] {
  const captures = page.report.captures.filter(({ input }) => input !== undefined);
  if (captures.length === 0) return [];
  return [
    [`## ${page.say("input.heading")}`],
    ...captures.flatMap(({ name, input }) => [
      [codeSpan(visible(name, 300))],
      table(
        ["", ""],
        inputLines(page, input!).map(({ label, text }) => [label, escapeMarkdown(text)]),
      ),
    ]),
  ];
}

function answer({ report, say }: Page, options: ViewOptions): string[][] {
  return answerKeys(report, options).map((key) => [say(key)]);
}

function findingBlocks(page: Page, group: FindingGroup): string[][] {
  const { finding, calls } = group;
  return [
    [`## ${verdictMarks[finding.verdict]} ${titleOf(page, finding)}`],
    [aboutLine(page, finding, calls)],
    ...originBlocks(page, finding),
    ...section(page, "view.why", prose(finding.why)),
    ...section(page, "view.proof", finding.evidence.length > 0 ? [proofBlock(page, finding)] : []),
    ...section(
      page,
      "view.fix",
      listOf(finding.fix, (index) => `${index + 1}. `),
    ),
    ...section(
      page,
      "view.missing",
      listOf(finding.missing, () => "- "),
    ),
    ...section(
      page,
      "view.readings",
      listOf(readingTexts(page, finding), () => "- "),
    ),
    ...(page.ladder && group.ladderOf?.messages ? [codeBlock(ladderLines(page, group.ladderOf))] : []),
  ];
}

function titleOf(page: Page, finding: FindingReport): string {
  return escapeMarkdown(codeBefore(page, finding) + visible(finding.title));
}

function aboutLine(page: Page, finding: FindingReport, calls: readonly CallReport[]): string {
  const shown = calls.slice(0, callsTold).map(({ id }) => codeSpan(visible(id, 40)));
  const more = calls.length - shown.length;
  const ids = more > 0 ? `${shown.join(", ")} ${page.say("view.moreCalls", { count: more })}` : shown.join(", ");
  return [
    page.say(`verdict.${finding.verdict}`),
    ...(shown.length > 0 ? [`${page.say("view.idColumn")} ${ids}`] : []),
    escapeMarkdown(visible(ruleText(page, finding))),
    ...finding.citations.map((citation) => escapeMarkdown(visible(citation, 80))),
  ].join(" · ");
}

function originBlocks(page: Page, { origin }: FindingReport): string[][] {
  if (!origin) return [];
  const address = codeSpan(visible(origin.address, 80));
  const named =
    origin.product === undefined
      ? address
      : page.say("view.withProduct", { address, product: codeSpan(visible(origin.product, 200)) });
  const who = origin.orBehind ? page.say("view.orBehind", { address: named }) : named;
  return section(page, "view.who", [[who], ...listOf(origin.basis, () => "- ")]);
}

function section(page: Page, label: string, blocks: readonly (readonly string[])[]): string[][] {
  return blocks.length === 0 ? [] : [[`### ${page.say(label)}`], ...blocks.map((lines) => [...lines])];
}

function prose(text: string): string[][] {
  return text
    .split("\n\n")
    .slice(0, 20)
    .map((paragraph) => [escapeMarkdown(visible(paragraph))]);
}

function listOf(texts: readonly string[], bullet: (index: number) => string): string[][] {
  return texts.length === 0 ? [] : [texts.map((text, index) => bullet(index) + escapeMarkdown(visible(text)))];
}

function proofBlock(page: Page, { evidence }: FindingReport): string[] {
  const told = toldEvidence(evidence);
  const places = told.map(({ capture, frame, time }) => {
    return `${page.say("view.frame", { frame: frameNumber(page, capture, frame) })}  ${visible(timeOfDay(time), 40)}`.trimEnd();
  });
  const width = Math.max(...places.map(columnsOf));
  return codeBlock(
    told.map((each, index) => `${padEnd(places[index], width)}  ${visible(quoteSaid(each, page.say), 1000)}`),
  );
}

function callTable(page: Page): string[][] {
  const { calls, captures } = page.report;
  if (calls.length === 0) return [];
  const lacks = lackOf(captures);
  const columns = ["id", "outcome", "code", "from", "to", "start", "duration"].map((column) =>
    page.say(columnKey(column, lacks)),
  );
  const shown = calls.slice(0, rowsShown);
  const more = calls.length - shown.length;
  const startText = startTimes(captures);
  return [
    [`## ${page.say(callsNamed(calls).heading)}`],
    table(
      columns,
      shown.map((call) => callRow(page, call, startText(call))),
    ),
    ...(more > 0 ? [[page.say("view.moreCalls", { count: more })]] : []),
  ];
}

function callRow(page: Page, call: CallReport, start: string): string[] {
  const { outcome } = call;
  const [from, to = from] = partiesOf(call);
  return [
    codeSpan(visible(call.id, 40)),
    `${outcomeMarks[outcome.kind]} ${page.say(`outcome.${outcome.kind}`)}`,
    outcome.statusCode === undefined ? "" : String(outcome.statusCode),
    codeSpan(visible(from, 200)),
    codeSpan(visible(to, 200)),
    escapeMarkdown(visible(start, 40)),
    page.say("view.seconds", { seconds: durationOf(call, page.locale) }),
  ];
}

function aboutCaptures(page: Page): string[][] {
  const { captures, findings } = page.report;
  const incidents = captures.flatMap(({ name, incidents: own }) =>
    own.map(({ text }) => `- ${codeSpan(visible(name, 300))}: ${escapeMarkdown(visible(text))}`),
  );
  if (incidents.length === 0 && findings.length === 0) return [];
  return [
    [`## ${page.say("view.aboutCapture")}`],
    incidents,
    ...findings.flatMap((finding) => findingBlocks(page, { finding, calls: [] })),
  ];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)];
}

const callsTold = 10;
const rowsShown = 500;
