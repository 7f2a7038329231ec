import type { AnnotationReport, CallReport, Report } from "../diagnosis/report.ts";
import { formatSeconds, offsetOf } from "./clock.ts";
import { clip, columnsOf, padEnd, padStart } from "./columns.ts";
import { buildLadder, type Arrow, type Ladder } from "./ladderModel.ts";
import { notesBetween } from "./ladderNotes.ts";
import { arrowLabel, gapBefore, leftOut, shortAddress } from "./ladderWords.ts";
import { verdictMarks } from "./marks.ts";
import { createPage, frameNumber, painted, visible, type Page } from "./page.ts";
import { classStyle } from "./paint.ts";
import { selectCalls } from "./selectCalls.ts";
import type { ViewOptions } from "./viewOptions.ts";

/** The ladders alone, one after the other. */
export function ladderView(report: Report, options: ViewOptions): string {
  const page = createPage(selectCalls(report, options), options);
  return page.report.calls.map((call) => ladderLines(page, call).join("\n")).join("\n\n") + "\n";
}

/**
 * The messages of a call: a lane for each element, time downwards, retransmissions as one arrow with a count, long silences as a gap,
 * and the verdict mark beside each message that is evidence. Up to four lanes fit 80 columns; more make it wider.
 */
export function ladderLines(page: Page, call: CallReport): string[] {
  const heading = page.paint("heading", page.say("view.ladderOf", { id: visible(call.id, 40) }));
  if (call.messages === undefined) return [heading, `  ${page.say("view.ladderMissing")}`];
  const ladder = buildLadder(call);
  if (ladder.arrows.length === 0) return [];
  const layout = layOut(page, ladder);
  const notes = notesBetween(call, ladder.arrows);
  const lines = [heading, ...laneNames(page, ladder, layout)];
  for (const [index, arrow] of ladder.arrows.entries()) {
    const gap = gapBefore(ladder.arrows, index);
    if (gap !== undefined) lines.push(gapLine(page, gap, layout));
    lines.push(...notes[index].map((note) => noteLine(page, note)), arrowLine(page, arrow, layout));
  }
  lines.push(...notes[ladder.arrows.length].map((note) => noteLine(page, note)));
  return [...lines, ...notDrawn(page, ladder, call)];
}

/** What a log says between two messages, across the whole width: it belongs to no lane. */
function noteLine(page: Page, { text }: AnnotationReport): string {
  return page.paint("quiet", noteIndent + clip(`· ${visible(text, 400)}`, page.width - noteIndent.length));
}

const noteIndent = "      ";

interface Layout {
  readonly frameWidth: number;
  /** Columns before the first lane. */
  readonly margin: number;
  /** Columns from one lane to the next. */
  readonly spacing: number;
  readonly lanes: number;
}

const timeWidth = 10;

function layOut(page: Page, { lanes, arrows }: Ladder): Layout {
  const frames = arrows.map(({ message }) => frameNumber(page, message.capture, message.frame).length);
  const frameWidth = Math.max(...frames, 1);
  const margin = 2 + timeWidth + 2 + frameWidth + 2;
  const gaps = Math.max(1, lanes.length - 1);
  const spacing = Math.max(18, Math.min(36, Math.floor((page.width - margin - 1) / gaps)));
  return { frameWidth, margin, spacing, lanes: lanes.length };
}

/** Each name over its lane; where neighbours would touch, every other name goes to a second row. */
function laneNames(page: Page, { lanes }: Ladder, layout: Layout): string[] {
  const addresses = nameRows(
    lanes.map(({ address }) => shortAddress(address)),
    layout,
  );
  const names = nameRows(
    lanes.map(({ name }) => name ?? ""),
    layout,
  );
  const margin = " ".repeat(layout.margin);
  return [
    ...painted(
      page,
      "strong",
      addresses.map((row) => margin + row),
    ),
    ...painted(
      page,
      "quiet",
      names.map((row) => margin + row),
    ),
  ];
}

interface PlacedName {
  readonly text: string;
  readonly start: number;
}

function nameRows(texts: readonly string[], { spacing, lanes }: Layout): string[] {
  const total = Math.max(1, lanes - 1) * spacing + 1;
  const placed = texts.map((name, lane): PlacedName => {
    const isEdge = lane === 0 || lane === lanes - 1;
    const text = clip(visible(name, 200), isEdge ? spacing : 2 * spacing - 4);
    const width = columnsOf(text);
    return { text, start: Math.max(0, Math.min(lane * spacing - (width >> 1), total - width)) };
  });
  const touches = placed.some(
    ({ text, start }, lane) => lane < lanes - 1 && start + columnsOf(text) >= placed[lane + 1].start,
  );
  const rows = touches ? [0, 1].map((odd) => placed.filter((_name, lane) => lane % 2 === odd)) : [placed];
  return rows.map(nameRow).filter((row) => row !== "");
}

function nameRow(names: readonly PlacedName[]): string {
  let row = "";
  for (const { text, start } of names) row = padEnd(row, start) + text;
  return row.trimEnd();
}

function arrowLine(page: Page, arrow: Arrow, layout: Layout): string {
  const { message, seconds, verdict } = arrow;
  const style = classStyle(message.statusCode);
  const mark = verdict === undefined ? " " : page.paint(style ?? "strong", verdictMarks[verdict]);
  const time = page.paint("quiet", padStart(offsetOf(seconds), timeWidth));
  const frame = padStart(frameNumber(page, message.capture, message.frame), layout.frameWidth);
  return `${mark} ${time}  ${frame}  ${drawArrow(page, arrow, layout)}`.trimEnd();
}

function drawArrow(page: Page, arrow: Arrow, { spacing, lanes }: Layout): string {
  const left = Math.min(arrow.from, arrow.to);
  const right = Math.max(arrow.from, arrow.to);
  const before = ("│" + " ".repeat(spacing - 1)).repeat(left) + "│";
  if (left === right) return before + selfArrow(page, arrow, spacing, lanes - 1 - left);
  const body = arrowBody(page, arrow, (right - left) * spacing - 1);
  return before + body + "│" + (" ".repeat(spacing - 1) + "│").repeat(lanes - 1 - right);
}

function arrowBody(page: Page, arrow: Arrow, columns: number): string {
  const label = arrowLabel(arrow, columns - 5);
  const rest = "─".repeat(columns - 4 - columnsOf(label));
  const text = page.paint(
    arrow.verdict === undefined
      ? classStyle(arrow.message.statusCode)
      : (classStyle(arrow.message.statusCode) ?? "strong"),
    label,
  );
  return arrow.from < arrow.to ? `─ ${text} ${rest}►` : `◄ ${text} ${rest}─`;
}

function selfArrow(page: Page, arrow: Arrow, spacing: number, lanesAfter: number): string {
  const room = lanesAfter > 0 ? spacing - 1 : 60;
  const label = arrowLabel(arrow, room - 3);
  const text = `↺ ${page.paint(classStyle(arrow.message.statusCode), label)}`;
  return lanesAfter === 0
    ? text
    : text + " ".repeat(room - 2 - columnsOf(label)) + "│" + (" ".repeat(spacing - 1) + "│").repeat(lanesAfter - 1);
}

function gapLine(page: Page, seconds: number, { margin, spacing, lanes }: Layout): string {
  const text = page.say("view.gap", { seconds: formatSeconds(seconds, page.locale) });
  return page.paint(
    "quiet",
    padStart(clip(text, margin - 3), margin - 2) + "  " + ("┊" + " ".repeat(spacing - 1)).repeat(lanes).trimEnd(),
  );
}

function notDrawn(page: Page, ladder: Ladder, call: CallReport): string[] {
  return leftOut(call, ladder, page.say).map((note) => page.paint("quiet", `  ${note}`));
}
