import type { CallReport, CaptureReport, Report } from "@sipwhy/core";
import { interfaceText, type Language } from "@sipwhy/core/language";
import {
  answerKeys,
  callsNamed,
  countedOutcomes,
  escapeTerminal,
  type FindingGroup,
  frameName,
  groupFindings,
  lackOf,
  outcomeMarks,
  outcomeStyles,
  startTimes,
  timeSpan,
  whyUnread,
} from "@sipwhy/core/view";
import type { CaptureProblem, Overview } from "../protocol.ts";
import { clipped } from "./clipped.ts";
import { tellFinding } from "./tellFinding.ts";

const FINDINGS_TOLD = 100;
const NAMES_TOLD = 50;

/** What the report does not know of the files that were given. */
interface Given {
  /** Files that were given as keys or passwords and are neither. */
  readonly unreadSecrets?: readonly string[];
  /** Names of files without a byte. */
  readonly emptyFiles?: ReadonlySet<string>;
}

/** What was found, findings first: the same answer as on the command line. */
export function tellOverview(
  report: Report,
  listed: readonly CallReport[],
  language: Language,
  { unreadSecrets = [], emptyFiles = new Set() }: Given = {},
): Overview {
  const say = (key: string, values = {}): string => interfaceText(language, key, values);
  const rows = new Map(listed.map((call, row) => [call, row]));
  const telling = {
    language,
    captures: report.captures.length,
    startOf: startTimes(report.captures),
    rowOf: (call: CallReport) => rows.get(call) ?? -1,
  };
  const groups = foundGroups(report);
  const problems = report.captures.map((capture) => problemOf(capture, emptyFiles));
  return {
    captures: report.captures.slice(0, NAMES_TOLD).map((capture, index) => captureText(capture, problems[index], say)),
    outcomes: countedOutcomes(report.calls).map(({ kind, count }) => ({
      kind,
      mark: outcomeMarks[kind],
      style: outcomeStyles[kind],
      name: say(`outcome.${kind}`),
      count,
    })),
    listed: say(callsNamed(listed).heading),
    timesAreUtc: report.captures.every(({ format }) => format !== "") && lackOf(report.captures).size === 0,
    answer: problems.every((problem) => problem !== undefined) ? [] : answerKeys(report).map((key) => say(key)),
    findings: groups.map(({ finding, calls }) => tellFinding(finding, calls, telling)),
    moreFindings: Math.max(0, groupFindings(report.calls).length - FINDINGS_TOLD),
    aboutCaptures: incidentsOf(report, say),
    unreadSecrets: unreadSecrets.map((name) => clipped(name, 300)),
  };
}

/** In the order in which they are told: those of calls, then those about the captures. */
export function foundGroups({ calls, findings }: Report): FindingGroup[] {
  return [...groupFindings(calls).slice(0, FINDINGS_TOLD), ...findings.map((finding) => ({ finding, calls: [] }))];
}

type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

function captureText(
  { name, format, frames, messages, firstTime, lastTime, timesLack }: CaptureReport,
  problem: CaptureProblem | undefined,
  say: Say,
): Overview["captures"][number] {
  const span =
    firstTime === undefined || lastTime === undefined ? [] : [timeSpan(firstTime, lastTime, new Set(timesLack), say)];
  const facts =
    format === ""
      ? []
      : [format, say("view.frames", { count: frames }), say("view.messages", { count: messages }), ...span];
  return { name: clipped(name, 300), facts, ...(problem === undefined ? {} : { problem }) };
}

function problemOf(
  { name, format, incidents }: CaptureReport,
  emptyFiles: ReadonlySet<string>,
): CaptureProblem | undefined {
  if (format !== "unknown") return undefined;
  if (emptyFiles.has(name)) return { kind: "empty" };
  const reason = whyUnread(incidents);
  return reason === undefined ? { kind: "not-a-capture" } : { kind: "unread", reason: escapeTerminal(reason) };
}

function incidentsOf({ captures }: Report, say: Say): string[] {
  return captures.flatMap(({ incidents }, index) =>
    incidents.map(({ text, frame }) => {
      if (frame === undefined) return escapeTerminal(text);
      const number = String(frameName({ capture: index, frame }, captures.length));
      return escapeTerminal(`${text} (${say("view.frame", { frame: number })})`);
    }),
  );
}
