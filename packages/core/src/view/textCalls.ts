import type { CallReport, OutcomeKind } from "../diagnosis/report.ts";
import { mediaTexts } from "./mediaText.ts";
import { callsNamed } from "./callsNamed.ts";
import { numberText } from "../language/numberText.ts";
import { durationOf } from "./clock.ts";
import { clip, columnsOf, padEnd, padStart } from "./columns.ts";
import { linkName } from "./linkName.ts";
import { outcomeMarks, outcomeStyles } from "./marks.ts";
import { hanging, visible, type Page } from "./page.ts";
import { classStyle } from "./paint.ts";
import { partiesOf } from "./parties.ts";
import { LONGEST_START, startTimes } from "./saidTimes.ts";
import { wentWrong } from "./selectCalls.ts";
import type { ViewOptions } from "./viewOptions.ts";

export interface CountedOutcome {
  readonly kind: OutcomeKind;
  readonly count: number;
}

/** `✗ 1 failed   ■ 2 busy   ✓ 37 answered` */
export function outcomeCounts(page: Page, counted: readonly CountedOutcome[]): string[] {
  const lines: string[] = [];
  let room = 0;
  for (const { kind, count } of counted) {
    const text = `${outcomeMarks[kind]} ${numberText(count, page.locale)} ${page.say(`outcome.${kind}`)}`;
    room -= columnsOf(text) + 3;
    if (room < 0) {
      lines.push("");
      room = page.width - columnsOf(text);
    }
    const last = lines.length - 1;
    lines[last] += (lines[last] === "" ? "" : "   ") + page.paint(outcomeStyles[kind], text);
  }
  return lines;
}

/** How many calls had each outcome, worst first; of everything where there are no calls. */
export function countedOutcomes(all: readonly CallReport[]): CountedOutcome[] {
  const calls = all.filter(({ kind }) => kind === "call");
  const counts: Partial<Record<OutcomeKind, number>> = {};
  for (const { outcome } of calls.length > 0 ? calls : all) counts[outcome.kind] = (counts[outcome.kind] ?? 0) + 1;
  return inOrder(counts);
}

/** Worst first. */
export function inOrder(counts: Readonly<Partial<Record<OutcomeKind, number>>>): CountedOutcome[] {
  return outcomeOrder.map((kind) => ({ kind, count: counts[kind] ?? 0 })).filter(({ count }) => count > 0);
}

/** One line a call: outcome, code, who to whom, when, how long, id. What went well is only counted where it would bury the rest. */
export function callTable(page: Page, options: Pick<ViewOptions, "call" | "only">): string[] {
  const { listed, foldedCalls, foldedOthers } = choose(page.report.calls);
  if (listed.length === 0 && foldedCalls + foldedOthers === 0) return [];
  const shown = listed.slice(0, options.only === undefined ? rowsShown : listed.length);
  const more = listed.length - shown.length;
  return [
    page.paint("heading", page.say(callsNamed(listed).heading)),
    ...rows(page, shown),
    ...(more > 0 ? [`  ${page.say("view.moreCalls", { count: more })}`] : []),
    ...(foldedCalls > 0 ? [`  ${page.say("view.foldedCalls", { count: foldedCalls })}`] : []),
    ...(foldedOthers > 0 ? hanging("  ", page.say("view.foldedOthers", { count: foldedOthers }), page.width) : []),
    ...(options.call === undefined ? [] : shown.flatMap((call) => identityLines(page, call))),
  ];
}

function choose(calls: readonly CallReport[]): { listed: CallReport[]; foldedCalls: number; foldedOthers: number } {
  const wentWell = (call: CallReport): boolean => wellKinds.has(call.outcome.kind) && !wentWrong(call);
  const hasCalls = calls.some(({ kind }) => kind === "call");
  const own = calls.filter((call) => !hasCalls || call.kind === "call" || !wentWell(call));
  const listed = own.length > rowsShown ? own.filter((call) => !wentWell(call)) : own;
  return { listed, foldedCalls: own.length - listed.length, foldedOthers: calls.length - own.length };
}

interface Row {
  readonly call: CallReport;
  readonly id: string;
  readonly outcome: string;
  readonly code: string;
  readonly start: string;
  readonly duration: string;
}

function rows(page: Page, calls: readonly CallReport[]): string[] {
  const startText = startTimes(page.report.captures);
  const cells = calls.map((call) => rowOf(page, call, startText(call)));
  const width = (key: "id" | "outcome" | "start" | "duration"): number =>
    Math.max(0, ...cells.map((row) => columnsOf(row[key])));
  const [id, outcome, start, duration] = [width("id"), width("outcome"), width("start"), width("duration")];
  const left = page.width - (2 + id + 2 + outcome + 2 + 3 + 2);
  // On a narrow terminal who called whom tells more than when.
  const showsStart = left >= narrowestParties + 2 + start + 2 + duration;
  const showsDuration = showsStart || left >= narrowestParties + 2 + duration;
  const room = Math.max(1, left - (showsStart ? 2 + start : 0) - (showsDuration ? 2 + duration : 0));
  return cells.map((row) => {
    const style = classStyle(row.call.outcome.statusCode) ?? outcomeStyles[row.call.outcome.kind];
    const answer = page.paint(style, `${padEnd(row.outcome, outcome)}  ${padEnd(row.code, 3)}`);
    const parties = padEnd(fitParties(page, row.call, room), room);
    const times = [
      ...(showsStart ? [padEnd(row.start, start)] : []),
      ...(showsDuration ? [padStart(row.duration, duration)] : []),
    ];
    return [`  ${padStart(row.id, id)}`, answer, parties, ...times].join("  ").trimEnd();
  });
}

function rowOf(page: Page, call: CallReport, start: string): Row {
  const { outcome } = call;
  return {
    call,
    id: visible(call.id, 8),
    outcome: `${outcomeMarks[outcome.kind]} ${clip(page.say(`outcome.${outcome.kind}`), 14)}`,
    code: outcome.statusCode === undefined ? "" : String(outcome.statusCode).slice(0, 3),
    start: visible(start, LONGEST_START),
    duration: clip(page.say("view.seconds", { seconds: durationOf(call, page.locale) }), 10),
  };
}

/** Who to whom in so many columns; what it is first, where it is no call. */
export function fitParties(page: Page, call: CallReport, columns: number): string {
  const kind = call.kind === "call" ? "" : `${clip(page.say(`kind.${call.kind}`), 16)} `;
  const room = columns - columnsOf(kind);
  const whole = partiesOf(call).map((party) => visible(party, 200));
  const parties = columnsOf(whole.join(" → ")) <= room ? whole : withHostOnce(whole);
  const spare = room - (parties.length - 1) * 3;
  if (parties.length === 1) return kind + clip(parties[0], spare);
  const half = spare >> 1;
  const [from, to] = parties.map(columnsOf);
  const fromRoom = from <= half ? from : Math.max(half, spare - to);
  return `${kind}${clip(parties[0], fromRoom)} → ${clip(parties[1], spare - Math.min(from, fromRoom))}`;
}

/** `1001 → 1002@example.org` where both are at one host. */
function withHostOnce([from, to]: readonly string[]): string[] {
  if (to === undefined) return [from];
  const host = to.slice(to.lastIndexOf("@"));
  return [host.startsWith("@") && from.endsWith(host) ? from.slice(0, -host.length) : from, to];
}

/** What only the reader of one call wants: its Call-IDs and why they belong together. */
function identityLines(page: Page, call: CallReport): string[] {
  const callIds = call.callIds
    .slice(0, 20)
    .flatMap((callId) =>
      hanging(`  ${page.say("view.callIds")}${page.say("view.colon")}`, visible(callId, 300), page.width),
    );
  const links = call.links.slice(0, 20).flatMap(({ kind, callIds: [, other], score }) => {
    const values = { callId: visible(other, 120), kind: linkName(kind, page.say), score: Math.round(score * 100) };
    return hanging("  ", page.say("view.linkedBy", values), page.width);
  });
  const media = mediaTexts(page.say, call).flatMap(({ text }) => hanging("  ", visible(text, 300), page.width));
  return ["", ...callIds, ...links, ...media];
}

const narrowestParties = 12;
/** Calls of the table, unless only some are asked for. */
export const rowsShown = 40;
const wellKinds: ReadonlySet<OutcomeKind> = new Set(["answered", "succeeded"]);
const outcomeOrder: readonly OutcomeKind[] = [
  "failed",
  "unanswered",
  "redirected",
  "busy",
  "declined",
  "cancelled",
  "in-progress",
  "unknown",
  "answered",
  "succeeded",
];
