import type { CallReport, EvidenceReport, FindingReport, OriginReport, ReadingReport } from "../diagnosis/report.ts";
import { callsNamed } from "./callsNamed.ts";
import { timeOfDay } from "./clock.ts";
import { clip, columnsOf, padEnd, padStart } from "./columns.ts";
import { codeBefore, ruleText } from "./findingWords.ts";
import type { FindingGroup } from "./groupFindings.ts";
import { ladderLines } from "./ladder.ts";
import { verdictMarks } from "./marks.ts";
import { besideLabel, frameNumber, hanging, joinFacts, labelled, painted, visible, type Page } from "./page.ts";
import { classStyle } from "./paint.ts";
import { partiesOf } from "./parties.ts";
import { namedCode } from "./reasonPhrase.ts";
import { LONGEST_START, startTimes } from "./saidTimes.ts";
import { quoteSaid, toldEvidence } from "./toldEvidence.ts";
import { wrap } from "./wrap.ts";

/** One failure, told once: the answer, who gave it, why, the proof, what to do, what is missing, what else it could be. */
export function findingLines(page: Page, group: FindingGroup): string[] {
  const { finding, calls } = group;
  return [
    ...headline(page, finding),
    ...about(page, group),
    "",
    ...labelled(
      page,
      calls.every(({ kind }) => kind === "call") ? "view.callsHeading" : "view.seenIn",
      page.report.calls.length > 1 ? callLines(page, calls) : [],
    ),
    ...labelled(page, "view.who", finding.origin ? originLines(page, finding.origin) : []),
    ...labelled(page, "view.why", whyLines(page, finding.why)),
    ...labelled(page, "view.proof", proofLines(page, group)),
    ...labelled(
      page,
      "view.fix",
      finding.fix.flatMap((step, index) => hanging(`${index + 1}. `, visible(step), besideLabel(page))),
    ),
    ...labelled(page, "view.missing", missingLines(page, finding.missing)),
    ...labelled(
      page,
      "view.readings",
      (finding.readings ?? []).flatMap((reading) => readingLines(page, reading)),
    ),
    ...(page.ladder && group.ladderOf !== undefined ? ["", ...ladderLines(page, group.ladderOf)] : []),
  ];
}

function headline(page: Page, finding: FindingReport): string[] {
  const { verdict, statusCode, title } = finding;
  const code = statusCode === undefined ? "" : namedCode(statusCode);
  const lines = wrap(codeBefore(page, finding) + visible(title), page.proseWidth - 2);
  const style = classStyle(statusCode);
  return lines.map((line, index) => {
    if (index > 0) return `  ${page.paint("strong", line)}`;
    const codeEnd = line.startsWith(code) ? code.length : 0;
    const mark = page.paint(style, verdictMarks[verdict]);
    return `${mark} ${page.paint(style, line.slice(0, codeEnd))}${page.paint("strong", line.slice(codeEnd))}`;
  });
}

function about(page: Page, { finding, calls }: FindingGroup): string[] {
  const { verdict, citations } = finding;
  const facts = [
    `  ${page.say(`verdict.${verdict}`)}`,
    ...(calls.length > 1 ? [page.say(callsNamed(calls).counted, { count: calls.length })] : []),
    ruleText(page, finding),
    ...citations,
  ];
  return painted(
    page,
    "quiet",
    joinFacts(
      facts.slice(0, 20).map((fact) => visible(fact, page.proseWidth - 2)),
      page.proseWidth,
      2,
    ),
  );
}

function callLines(page: Page, calls: readonly CallReport[]): string[] {
  const idWidth = Math.max(...calls.slice(0, callsTold).map(({ id }) => columnsOf(visible(id, 12))), 1);
  const startText = startTimes(page.report.captures);
  const lines = calls.slice(0, callsTold).flatMap((call) => {
    const prefix = `${padStart(visible(call.id, 12), idWidth)}  ${visible(startText(call), LONGEST_START)}  `;
    return hanging(
      prefix,
      partiesOf(call)
        .map((party) => visible(party, 60))
        .join(" → "),
      besideLabel(page),
    );
  });
  const more = calls.length - callsTold;
  return more > 0 ? [...lines, page.paint("quiet", page.say("view.moreCalls", { count: more }))] : lines;
}

function originLines(page: Page, { address, orBehind, product, basis }: OriginReport): string[] {
  const named =
    product === undefined
      ? visible(address, 80)
      : page.say("view.withProduct", { address: visible(address, 80), product: visible(product, 120) });
  const who = orBehind ? page.say("view.orBehind", { address: named }) : named;
  return [
    ...wrap(who, besideLabel(page)),
    ...basis.flatMap((sentence) => hanging("- ", visible(sentence), besideLabel(page))),
  ];
}

/** Prose may have paragraphs; no other line break gets through. */
function whyLines(page: Page, why: string): string[] {
  return why
    .split("\n\n")
    .slice(0, 20)
    .flatMap((paragraph) => wrap(visible(paragraph), besideLabel(page)));
}

function proofLines(page: Page, { finding, calls }: FindingGroup): string[] {
  const all = toldEvidence(finding.evidence);
  const told = all.slice(0, evidenceTold);
  const places = told.map((evidence) => placeOf(page, evidence));
  const placeWidth = Math.max(0, ...places.map(columnsOf));
  const lines = told.flatMap((evidence, index) => {
    const isSame = index > 0 && places[index] === places[index - 1] && evidence.time === told[index - 1].time;
    return quoteLines(page, isSame ? "" : places[index], placeWidth, quoteSaid(evidence, page.say));
  });
  const more = all.length - told.length;
  if (more > 0) lines.push(page.paint("quiet", page.say("view.moreEvidence", { count: more })));
  if (calls.length > 1)
    lines.push(
      ...painted(
        page,
        "quiet",
        wrap(page.say("view.toldForCall", { id: visible(calls[0].id, 12) }), besideLabel(page)),
      ),
    );
  return lines;
}

function placeOf(page: Page, { capture, frame, time }: EvidenceReport): string {
  return `${page.say("view.frame", { frame: frameNumber(page, capture, frame) })}  ${visible(timeOfDay(time), 16)}`.trimEnd();
}

/** The place beside the quote, or over it where the page is too narrow for both. */
function quoteLines(page: Page, place: string, placeWidth: number, quote: string): string[] {
  const isNarrow = besideLabel(page) - placeWidth < quoteColumns;
  const indent = isNarrow ? 2 : placeWidth + 2;
  const room = besideLabel(page) - indent;
  const wrapped = firstLines(wrap(visible(quote, room * 4), room), room);
  if (isNarrow) return [...(place === "" ? [] : [page.paint("quiet", place)]), ...wrapped.map((line) => `  ${line}`)];
  return wrapped.map((line, index) => `${page.paint("quiet", padEnd(index === 0 ? place : "", placeWidth))}  ${line}`);
}

/** A long quote is cut, and says so. */
function firstLines(lines: readonly string[], room: number): string[] {
  if (lines.length <= quoteLinesTold) return [...lines];
  const last = clip(lines[quoteLinesTold - 1], room - 1);
  return [...lines.slice(0, quoteLinesTold - 1), last.endsWith("…") ? last : `${last}…`];
}

function missingLines(page: Page, missing: readonly string[]): string[] {
  const bullet = missing.length > 1 ? "- " : "";
  return missing.flatMap((sentence) => hanging(bullet, visible(sentence), besideLabel(page)));
}

function readingLines(page: Page, { why, decidedBy }: ReadingReport): string[] {
  const decided = decidedBy === "" ? "" : ` ${page.say("view.decidedBy", { what: visible(decidedBy) })}`;
  return hanging("- ", visible(why) + decided, besideLabel(page));
}

const callsTold = 3;
const evidenceTold = 8;
const quoteColumns = 32;
const quoteLinesTold = 3;
