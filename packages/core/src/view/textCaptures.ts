import type { CaptureReport, IncidentReport } from "../diagnosis/report.ts";
import { dateOf, formatSeconds, secondsBetween, timeToSecond } from "./clock.ts";
import { clip } from "./columns.ts";
import { frameNumber, hanging, joinFacts, visible, type Page } from "./page.ts";
import { findingLines } from "./textFinding.ts";

/** One line about the input: files, messages, calls, time span; with several captures a line for each of them as well. */
export function captureHeadline(page: Page): string[] {
  const { captures, totals } = page.report;
  const name =
    captures.length === 1 ? nameOf(captures[0], page.width) : page.say("view.captures", { count: captures.length });
  const facts = [
    ...sizeOf(page, captures),
    page.say("view.calls", { count: totals.calls }),
    ...timeSpan(page, captures),
  ];
  const lines = joinFacts([name, ...facts], page.width, 2);
  lines[0] = page.paint("heading", name) + lines[0].slice(name.length);
  return captures.length > 1
    ? [...lines, ...captures.flatMap((capture, index) => captureLine(page, capture, index))]
    : lines;
}

/** What a reader must know of the captures to judge the rest: findings about them, and incidents while they were read. */
export function aboutCaptures(page: Page): string[] {
  const { captures, findings } = page.report;
  const incidents = captures.flatMap((capture, index) =>
    capture.incidents.flatMap((incident) => incidentLines(page, capture, index, incident)),
  );
  if (incidents.length === 0 && findings.length === 0) return [];
  const told = findings.flatMap((finding) => findingLines(page, { finding, calls: [] }));
  return [page.paint("heading", page.say("view.aboutCapture")), ...incidents, ...told];
}

function captureLine(page: Page, capture: CaptureReport, index: number): string[] {
  const name = `  ${index + 1}: ${nameOf(capture, page.width - 8)}`;
  return joinFacts([name, ...sizeOf(page, [capture]), ...timeSpan(page, [capture])], page.width, 5);
}

function incidentLines(page: Page, capture: CaptureReport, index: number, incident: IncidentReport): string[] {
  const where = page.report.captures.length > 1 ? `${nameOf(capture, 40)}: ` : "";
  const frame =
    incident.frame === undefined
      ? ""
      : ` (${page.say("view.frame", { frame: frameNumber(page, index, incident.frame) })})`;
  return hanging("  - ", `${where}${visible(incident.text)}${frame}`, page.proseWidth);
}

function nameOf({ name }: CaptureReport, columns: number): string {
  return clip(visible(name), columns);
}

function sizeOf(page: Page, captures: readonly CaptureReport[]): string[] {
  const frames = captures.reduce((sum, capture) => sum + capture.frames, 0);
  const messages = captures.reduce((sum, capture) => sum + capture.messages, 0);
  return [page.say("view.frames", { count: frames }), page.say("view.messages", { count: messages })];
}

function timeSpan(page: Page, captures: readonly CaptureReport[]): string[] {
  const from = captures.flatMap(({ firstTime }) => firstTime ?? []).reduce(earlier, "");
  const until = captures.flatMap(({ lastTime }) => lastTime ?? []).reduce(later, "");
  if (from === "" || until === "") return [];
  const times = { from: visible(timeToSecond(from), 40), until: visible(timeToSecond(until), 40) };
  const [fromDate, untilDate] = [visible(dateOf(from), 40), visible(dateOf(until), 40)];
  const span =
    fromDate === untilDate
      ? page.say("view.timeSpan", { date: fromDate, ...times })
      : page.say("view.timeSpanOverDays", { fromDate, untilDate, ...times });
  return [span, page.say("view.seconds", { seconds: formatSeconds(secondsBetween(from, until), page.locale) })];
}

function earlier(a: string, b: string): string {
  return a === "" || b < a ? b : a;
}

function later(a: string, b: string): string {
  return b > a ? b : a;
}
