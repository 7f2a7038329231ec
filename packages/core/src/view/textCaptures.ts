import type { CaptureReport, FindingReport, IncidentReport } from "../diagnosis/report.ts";
import { formatSeconds, secondsBetween } from "./clock.ts";
import { clip, columnsOf, padStart } from "./columns.ts";
import { frameNumber, hanging, joinFacts, visible, type Page } from "./page.ts";
import { lackOf, timeSpan } from "./saidTimes.ts";
import { findingLines } from "./textFinding.ts";

/** One line about the input: files, messages, calls, time span; with several captures a line for each of them as well. */
export function captureHeadline(page: Page): string[] {
  const { captures, totals } = page.report;
  const name =
    captures.length === 1 ? nameOf(captures[0], page.width) : page.say("view.captures", { count: captures.length });
  const facts = [...sizeOf(page, captures), page.say("view.calls", { count: totals.calls }), ...spanOf(page, captures)];
  const lines = joinFacts([name, ...facts], page.width, 2);
  lines[0] = page.paint("heading", name) + lines[0].slice(name.length);
  return captures.length > 1
    ? [...lines, ...captures.map((capture, index) => captureLine(page, capture, index))]
    : lines;
}

/** What a reader must know of the captures to judge the rest: each kind of finding told once, then the incidents it did not tell. */
export function aboutCaptures(page: Page): string[] {
  const { captures, findings } = page.report;
  const told = [...new Map(findings.map((finding) => [keyOf(finding), finding] as const).reverse()).values()].reverse();
  const incidents = captures.flatMap((capture, index) =>
    capture.incidents
      .filter((incident) => !told.some((finding) => tells(finding, index, incident)))
      .flatMap((incident) => incidentLines(page, capture, index, incident)),
  );
  const blocks = [...told.map((finding) => findingLines(page, { finding, calls: [] })), incidents].filter(
    ({ length }) => length > 0,
  );
  if (blocks.length === 0) return [];
  return [
    page.paint("heading", page.say("view.aboutCapture")),
    ...blocks.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines])),
  ];
}

/** What is incomplete in several captures is told once; connections to different servers are told apart. */
function keyOf({ rule, cause, why }: FindingReport): string {
  return rule === "capture-incomplete" ? `${rule} ${cause}` : `${rule} ${cause} ${why}`;
}

/** True when the finding is about this very incident: the same frame, or neither has one. */
function tells({ rule, evidence }: FindingReport, capture: number, { frame }: IncidentReport): boolean {
  if (rule !== "capture-incomplete") return false;
  return evidence.length === 0
    ? frame === undefined
    : evidence.some((each) => each.capture === capture && each.frame === frame);
}

function captureLine(page: Page, capture: CaptureReport, index: number): string {
  const facts = sizeOf(page, [capture]).join(" · ");
  const number = `  ${padStart(String(index + 1), String(page.report.captures.length).length)}: `;
  return `${number}${nameOf(capture, Math.max(12, page.width - columnsOf(number) - columnsOf(facts) - 3))} · ${facts}`;
}

function incidentLines(page: Page, capture: CaptureReport, index: number, incident: IncidentReport): string[] {
  const where = page.report.captures.length > 1 ? `${nameOf(capture, 40)}: ` : "";
  const frame =
    incident.frame === undefined
      ? ""
      : ` (${page.say("view.frame", { frame: frameNumber(page, index, incident.frame) })})`;
  return hanging("  - ", `${where}${visible(incident.text)}${frame}`, page.proseWidth);
}

/** The path, or the file alone where the path does not fit. */
function nameOf({ name }: CaptureReport, columns: number): string {
  const path = visible(name);
  return clip(columnsOf(path) <= columns ? path : path.slice(path.lastIndexOf("/") + 1), columns);
}

function sizeOf(page: Page, captures: readonly CaptureReport[]): string[] {
  const frames = captures.reduce((sum, capture) => sum + capture.frames, 0);
  const messages = captures.reduce((sum, capture) => sum + capture.messages, 0);
  return [page.say("view.frames", { count: frames }), page.say("view.messages", { count: messages })];
}

function spanOf(page: Page, captures: readonly CaptureReport[]): string[] {
  const from = captures.flatMap(({ firstTime }) => firstTime ?? []).reduce(earlier, "");
  const until = captures.flatMap(({ lastTime }) => lastTime ?? []).reduce(later, "");
  if (from === "" || until === "") return [];
  const span = timeSpan(visible(from, 40), visible(until, 40), lackOf(captures), page.say);
  return [span, page.say("view.seconds", { seconds: formatSeconds(secondsBetween(from, until), page.locale) })];
}

function earlier(a: string, b: string): string {
  return a === "" || b < a ? b : a;
}

function later(a: string, b: string): string {
  return b > a ? b : a;
}
