import type { CallReport, Report } from "../diagnosis/report.ts";
import { formatSeconds, offsetOf } from "./clock.ts";
import { clip, columnsOf, padEnd, padStart } from "./columns.ts";
import { laneLetter } from "./laneLetter.ts";
import { buildLadder, type Arrow, type Ladder } from "./ladderModel.ts";
import { notesBetween } from "./ladderNotes.ts";
import { arrowLabel, gapBefore, leftOut, shortAddress } from "./ladderWords.ts";
import { verdictMarks } from "./marks.ts";
import { createPage, frameNumber, painted, visible, type Page } from "./page.ts";
import { classStyle, type Style } from "./paint.ts";
import { selectCalls } from "./selectCalls.ts";
import type { ViewOptions } from "./viewOptions.ts";

/** The ladders alone, one after the other. */
export function ladderView(report: Report, options: ViewOptions): string {
  const page = createPage(selectCalls(report, options), options);
  return page.report.calls.map((call) => ladderLines(page, call).join("\n")).join("\n\n") + "\n";
}

/**
 * The messages of a call: a lane for each element, time downwards, retransmissions as one arrow with a count, long silences as a gap,
 * and the verdict mark beside each message that is evidence. Up to four lanes fit 80 columns with the words on their arrows. Where that
 * does not fit, words and arrow stand one below the other, and letters stand for the elements: twelve of them fit 40 columns.
 */
export function ladderLines(page: Page, call: CallReport): string[] {
  const heading = page.paint("heading", page.say("view.ladderOf", { id: visible(call.id, 40) }));
  if (call.messages === undefined) return [heading, `  ${page.say("view.ladderMissing")}`];
  const ladder = buildLadder(call);
  if (ladder.arrows.length === 0) return [];
  const layout = layOut(page, ladder);
  const notes = notesBetween(call, ladder.arrows, page.say);
  const lines = [heading, ...laneNames(page, ladder, layout)];
  for (const [index, arrow] of ladder.arrows.entries()) {
    const gap = gapBefore(ladder.arrows, index);
    lines.push(...notes[index].media.map((text) => noteLine(page, text)));
    if (gap !== undefined) lines.push(...gapLines(page, gap, layout));
    lines.push(...notes[index].said.map((text) => noteLine(page, text)), ...arrowLines(page, arrow, layout));
  }
  const { media, said } = notes[ladder.arrows.length];
  lines.push(...[...media, ...said].map((text) => noteLine(page, text)));
  return [...lines, ...notDrawn(page, ladder, call)];
}

function noteLine(page: Page, text: string): string {
  return page.paint("quiet", noteIndent + clip(`· ${visible(text, 400)}`, page.width - noteIndent.length));
}

const noteIndent = "      ";

interface Layout {
  /** Words stand above their arrow. */
  readonly isStacked: boolean;
  readonly timeWidth: number;
  readonly frameWidth: number;
  /** Columns before the first lane. */
  readonly margin: number;
  /** Columns from one lane to the next. */
  readonly spacing: number;
  readonly lanes: number;
}

const widestTime = 10;
const narrowestSpacing = 18;
const widestSpacing = 36;
/** `│─►│` */
const narrowestStacked = 3;

function layOut(page: Page, { lanes, arrows }: Ladder): Layout {
  const frames = arrows.map(({ message }) => frameNumber(page, message.capture, message.frame).length);
  const frameWidth = Math.max(...frames, 1);
  const margin = 2 + widestTime + 2 + frameWidth + 2;
  const gaps = Math.max(1, lanes.length - 1);
  const isStacked = margin + gaps * narrowestSpacing + 1 > page.width;
  const spacingFrom = (narrowest: number, room: number): number =>
    Math.max(narrowest, Math.min(widestSpacing, Math.floor(room / gaps)));
  if (!isStacked) {
    const spacing = spacingFrom(narrowestSpacing, page.width - margin - 1);
    return { isStacked, timeWidth: widestTime, frameWidth, margin, spacing, lanes: lanes.length };
  }
  const timeWidth = Math.max(...arrows.map(({ seconds }) => offsetOf(seconds).length));
  const spacing = spacingFrom(narrowestStacked, page.width - stackedMargin - 1);
  return { isStacked, timeWidth, frameWidth, margin: stackedMargin, spacing, lanes: lanes.length };
}

const stackedMargin = 2;

/** A letter for each element, and the letters over the lanes. */
function laneLetters(page: Page, { lanes }: Ladder, layout: Layout): string[] {
  const letters = lanes.map((_lane, index) => laneLetter(index));
  const legend = lanes.map(({ address, name = "" }, index) => {
    const room = page.width - stackedMargin - 3;
    const text = page.paint("strong", clip(visible(shortAddress(address), 200), room));
    const rest = room - columnsOf(address) - 2;
    const product = name === "" || rest < 4 ? "" : `  ${page.paint("quiet", clip(visible(name, 200), rest))}`;
    return `${" ".repeat(stackedMargin)}${letters[index]}  ${text}${product}`;
  });
  const heads = nameRows(letters, layout).map((row) => " ".repeat(layout.margin) + row);
  return [...legend, ...painted(page, "strong", heads)];
}

/** Each name over its lane; where neighbours would touch, every other name goes to a second row. */
function laneNames(page: Page, ladder: Ladder, layout: Layout): string[] {
  if (layout.isStacked) return laneLetters(page, ladder, layout);
  const { lanes } = ladder;
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

function arrowLines(page: Page, arrow: Arrow, layout: Layout): string[] {
  const { message, seconds, verdict } = arrow;
  const style = classStyle(message.statusCode);
  const mark = verdict === undefined ? " " : page.paint(style ?? "strong", verdictMarks[verdict]);
  const time = page.paint("quiet", padStart(offsetOf(seconds), layout.timeWidth));
  const frame = padStart(frameNumber(page, message.capture, message.frame), layout.frameWidth);
  const place = layout.timeWidth === 0 ? `${mark} ${frame}` : `${mark} ${time}  ${frame}`;
  if (!layout.isStacked) return [`${place}  ${drawArrow(page, arrow, layout)}`.trimEnd()];
  const room = page.width - 2 - layout.timeWidth - 2 - layout.frameWidth - 2;
  const label = page.paint(labelStyle(arrow), arrowLabel(arrow, room));
  return [`${place}  ${label}`, " ".repeat(layout.margin) + drawArrow(page, arrow, layout)];
}

function labelStyle({ verdict, message }: Arrow): Style | undefined {
  return classStyle(message.statusCode) ?? (verdict === undefined ? undefined : "strong");
}

function drawArrow(page: Page, arrow: Arrow, { spacing, lanes, isStacked }: Layout): string {
  const left = Math.min(arrow.from, arrow.to);
  const right = Math.max(arrow.from, arrow.to);
  const before = ("│" + " ".repeat(spacing - 1)).repeat(left) + "│";
  const lanesAfter = lanes - 1 - left;
  if (left === right && isStacked)
    return `${before}↺${lanesAfter > 0 ? " ".repeat(spacing - 2) + followingLanes(lanesAfter, spacing) : ""}`;
  if (left === right) return before + selfArrow(page, arrow, spacing, lanesAfter);
  const columns = (right - left) * spacing - 1;
  const body = isStacked ? shaft(arrow, columns) : arrowBody(page, arrow, columns);
  return before + body + followingLanes(lanes - right, spacing);
}

function shaft({ from, to }: Arrow, columns: number): string {
  return from < to ? "─".repeat(columns - 1) + "►" : "◄" + "─".repeat(columns - 1);
}

function arrowBody(page: Page, arrow: Arrow, columns: number): string {
  const label = arrowLabel(arrow, columns - 5);
  const line = "─".repeat(columns - 4 - columnsOf(label));
  const text = page.paint(labelStyle(arrow), label);
  return arrow.from < arrow.to ? `─ ${text} ${line}►` : `◄ ${text} ${line}─`;
}

/** The lanes behind what was drawn, from the next one on. */
function followingLanes(lanes: number, spacing: number): string {
  return "│" + (" ".repeat(spacing - 1) + "│").repeat(lanes - 1);
}

function selfArrow(page: Page, arrow: Arrow, spacing: number, lanesAfter: number): string {
  const room = lanesAfter > 0 ? spacing - 1 : 60;
  const label = arrowLabel(arrow, room - 3);
  const text = `↺ ${page.paint(classStyle(arrow.message.statusCode), label)}`;
  return lanesAfter === 0 ? text : text + " ".repeat(room - 2 - columnsOf(label)) + followingLanes(lanesAfter, spacing);
}

function gapLines(page: Page, seconds: number, { isStacked, margin, spacing, lanes }: Layout): string[] {
  const text = page.say("view.gap", { seconds: formatSeconds(seconds, page.locale) });
  const dots = ("┊" + " ".repeat(spacing - 1)).repeat(lanes).trimEnd();
  const lines = isStacked
    ? [clip(noteIndent + text, page.width), " ".repeat(margin) + dots]
    : [`${padStart(clip(text, margin - 3), margin - 2)}  ${dots}`];
  return painted(page, "quiet", lines);
}

function notDrawn(page: Page, ladder: Ladder, call: CallReport): string[] {
  return leftOut(call, ladder, page.say).map((note) => page.paint("quiet", `  ${note}`));
}
