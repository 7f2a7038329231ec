import type { CallReport } from "../diagnosis/report.ts";
import { interfaceText } from "../language/interfaceText.ts";
import { formatSeconds, offsetOf } from "./clock.ts";
import { clip, columnsOf } from "./columns.ts";
import { frameText } from "./frameText.ts";
import type { Arrow, Ladder, Lane } from "./ladderModel.ts";
import { notesBetween, notesShown } from "./ladderNotes.ts";
import { legLetter } from "./legLetter.ts";
import { linkName } from "./linkName.ts";
import type { LadderSvgOptions } from "./ladderSvg.ts";
import { arrowLabel, gapBefore, leftOut, shortAddress } from "./ladderWords.ts";
import { visible } from "./page.ts";
import { wrap } from "./wrap.ts";

/** Where everything of a drawn ladder is, in pixels. */
export interface LadderLayout {
  readonly width: number;
  readonly height: number;
  readonly timeRight: number;
  /** Absent where frame numbers are left out. */
  readonly frameRight?: number;
  /** x of each lane. */
  readonly lanes: readonly number[];
  readonly lanesTop: number;
  readonly lanesBottom: number;
  readonly names: readonly LaneName[];
  readonly rows: readonly LadderRow[];
  /** What logs say between the arrows. */
  readonly lines: readonly LadderLine[];
  readonly notes: readonly { readonly text: string; readonly x: number; readonly y: number }[];
}

/** A line of a log, across the whole width: it belongs to no lane. */
export interface LadderLine {
  /** Cut to the width. */
  readonly text: string;
  readonly full: string;
  readonly x: number;
  readonly top: number;
  readonly lineHeight: number;
  /** Index of the row that it stands before; the number of rows where it is behind the last. */
  readonly before: number;
}

export interface LaneName {
  readonly text: string;
  readonly full: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly isAddress: boolean;
}

export interface LadderRow {
  readonly arrow: Arrow;
  readonly top: number;
  readonly rowHeight: number;
  /** Seconds of silence before it, in the digits of the language. */
  readonly gap?: string;
  readonly gapTop: number;
  readonly gapBottom: number;
  readonly time: string;
  readonly frame: string;
  readonly label: string;
  readonly labelX: number;
  readonly fromX: number;
  readonly toX: number;
  /** `A` for the first of several legs. */
  readonly leg?: string;
}

/** Width of a column of the monospaced face at 12 px. */
const columnWidth = 7.23;
const rowHeight = 28;
const gapHeight = 26;
const lineHeight = 20;
const narrowestSpacing = 104;
/** Below this the drawing is one for a phone. */
const narrowRoom = 480;
const spacingOnPhone = 78;
const widestSpacing = 260;
const markWidth = 24;
const nameHeight = 16;
const noteX = 8;

export function layOutLadder(call: CallReport, ladder: Ladder, options: LadderSvgOptions): LadderLayout {
  const hasLegs = call.callIds.length > 1;
  const right = Math.max(edgeWidth(ladder), selfLabelWidth(ladder)) + (hasLegs ? 18 : 8);
  const { gutter, spacing } = columnsFor(ladder, options, right);
  const lanes = ladder.lanes.map((_lane, index) => gutter.width + index * spacing + 0.5);
  const lanesWidth = Math.ceil(gutter.width + (ladder.lanes.length - 1) * spacing + right);
  const width = Math.max(lanesWidth, linesWidth(call, options.width ?? 640));
  const names = laneNames(ladder, options, lanes, spacing, width);
  const lanesTop = Math.max(0, ...names.map(({ y }) => y)) + 7;
  const { rows, lines, bottom } = placeRows(call, ladder, options, { lanes, spacing, top: lanesTop + 2, right, width });
  const lanesBottom = rows.length === 0 ? lanesTop : bottom + 4;
  const noteColumns = Math.floor((width - 2 * noteX) / columnWidth);
  const notes = notesOf(call, ladder, options)
    .flatMap((text) => wrap(text, noteColumns))
    .map((text, index) => ({ text, x: noteX, y: lanesBottom + 18 + index * 17 }));
  const height = Math.ceil((notes.at(-1)?.y ?? lanesBottom) + 8);
  const { timeRight, frameRight } = gutter;
  return { width, height, timeRight, frameRight, lanes, lanesTop, lanesBottom, names, rows, lines, notes };
}

/** On a phone what does not fit gives up its frame numbers and the length of its labels. */
function columnsFor(
  ladder: Ladder,
  options: LadderSvgOptions,
  right: number,
): { readonly gutter: Gutter; readonly spacing: number } {
  const { width = 640 } = options;
  const gaps = Math.max(1, ladder.lanes.length - 1);
  const spacingIn = (gutter: Gutter, narrowest: number): number =>
    Math.floor(Math.max(narrowest, Math.min(widestSpacing, (width - gutter.width - right) / gaps)));
  const full = gutterOf(ladder, options, false);
  const fits = full.width + gaps * narrowestSpacing + right <= width;
  if (fits || width >= narrowRoom) return { gutter: full, spacing: spacingIn(full, narrowestSpacing) };
  const narrow = gutterOf(ladder, options, true);
  return { gutter: narrow, spacing: spacingIn(narrow, spacingOnPhone) };
}

interface Gutter {
  readonly timeRight: number;
  /** Absent where frame numbers are left out. */
  readonly frameRight?: number;
  readonly width: number;
}

function gutterOf({ arrows }: Ladder, options: LadderSvgOptions, isNarrow: boolean): Gutter {
  const timeColumns = Math.max(6, ...arrows.map(({ seconds }) => offsetOf(seconds).length));
  const frameColumns = Math.max(1, ...arrows.map((arrow) => frameOf(arrow, options).length));
  const timeRight = Math.ceil(markWidth + timeColumns * columnWidth);
  if (isNarrow) return { timeRight, width: timeRight + 12 };
  const frameRight = Math.ceil(timeRight + 10 + frameColumns * columnWidth);
  return { timeRight, frameRight, width: frameRight + 22 };
}

/** Half of the name over the last lane. */
function edgeWidth({ lanes }: Ladder): number {
  const last = lanes.at(-1);
  if (last === undefined) return 0;
  return Math.min(70, (textWidth(shortAddress(last.address)) / 2) | 0);
}

/** An element that sends to itself needs room for the words beside its lane. */
function selfLabelWidth({ arrows, lanes }: Ladder): number {
  const own = arrows.filter(({ from, to }) => from === to && from === lanes.length - 1);
  return Math.max(0, ...own.map((arrow) => Math.min(160, textWidth(arrowLabel(arrow, 40)) + 20)));
}

/** Each address over its lane with the name below it; where neighbours would touch, every other lane's go one step up. */
function laneNames(
  { lanes }: Ladder,
  { names }: LadderSvgOptions,
  at: readonly number[],
  spacing: number,
  width: number,
): LaneName[] {
  const addresses = lanes.map(({ address }) => visible(shortAddress(address), 100));
  const texts = lanes.map((lane) => visible(nameOf(lane, names), 200));
  const touch = [addresses, texts].some((row) =>
    row.some((text, lane) => lane > 0 && (textWidth(text) + textWidth(row[lane - 1])) / 2 > spacing - 10),
  );
  const reach = Math.floor((touch ? 2 * spacing - 12 : spacing - 8) / columnWidth);
  const level = texts.some((text) => text !== "") ? 2 * nameHeight : nameHeight;
  return lanes.flatMap((_lane, lane) => {
    const y = 16 + (touch && lane % 2 === 1 ? level : 0);
    const place = (full: string, down: number, isAddress: boolean): LaneName[] =>
      full === "" ? [] : [{ ...fitName(full, reach, at[lane], width), full, y: y + down, isAddress }];
    return [...place(addresses[lane], 0, true), ...place(texts[lane], nameHeight, false)];
  });
}

function nameOf({ address, name }: Lane, names: LadderSvgOptions["names"]): string {
  return name ?? names?.get(address) ?? "";
}

/** Centred over its lane, or against the edge of the drawing where it would leave it. */
function fitName(full: string, reach: number, x: number, width: number): Pick<LaneName, "text" | "x" | "anchor"> {
  const text = clip(full, reach);
  const half = textWidth(text) / 2;
  if (x + half > width - 4) return { text, x: width - 4, anchor: "end" };
  return x - half < 4 ? { text, x: 4, anchor: "start" } : { text, x, anchor: "middle" };
}

interface Ground {
  readonly lanes: readonly number[];
  readonly spacing: number;
  readonly top: number;
  /** Room to the right of the last lane. */
  readonly right: number;
  readonly width: number;
}

function placeRows(
  call: CallReport,
  { arrows }: Ladder,
  options: LadderSvgOptions,
  ground: Ground,
): { readonly rows: LadderRow[]; readonly lines: LadderLine[]; readonly bottom: number } {
  const legs = call.callIds.length > 1 ? call.callIds : [];
  const said = notesBetween(call, arrows);
  const lines: LadderLine[] = [];
  let y = ground.top;
  const placeLines = (before: number): void => {
    for (const { text } of said[before]) {
      lines.push({ ...lineOf(text, ground.width), top: y, lineHeight, before });
      y += lineHeight;
    }
  };
  const rows = arrows.map((arrow, index) => {
    const silence = gapBefore(arrows, index);
    const gap = silence === undefined ? undefined : formatSeconds(silence, options.language.tag);
    const gapTop = y;
    if (gap !== undefined) y += gapHeight;
    const gapBottom = y;
    placeLines(index);
    const top = y;
    y += rowHeight;
    const leg = legLetter(legs.indexOf(arrow.message.callId));
    return { arrow, top, rowHeight, gap, gapTop, gapBottom, leg, ...wordsOf(arrow, options, ground) };
  });
  placeLines(arrows.length);
  return { rows, lines, bottom: y };
}

/** Lines of logs may take all the room there is. */
function linesWidth({ annotations = [] }: CallReport, room: number): number {
  const longest = Math.max(
    0,
    ...annotations.slice(0, notesShown).map(({ text }) => columnsOf(`· ${visible(text, 400)}`)),
  );
  return longest === 0 ? 0 : Math.floor(Math.min(room, markWidth + 8 + Math.ceil(longest * columnWidth)));
}

function lineOf(said: string, width: number): Pick<LadderLine, "text" | "full" | "x"> {
  const full = visible(said, 400);
  return { text: clip(`· ${full}`, Math.floor((width - markWidth - 8) / columnWidth)), full, x: markWidth };
}

function wordsOf(
  arrow: Arrow,
  options: LadderSvgOptions,
  { lanes, spacing, right }: Ground,
): Pick<LadderRow, "time" | "frame" | "label" | "labelX" | "fromX" | "toX"> {
  const [fromX, toX] = [lanes[arrow.from], lanes[arrow.to]];
  const isSelf = arrow.from === arrow.to;
  const span = Math.abs(arrow.to - arrow.from) * spacing;
  const selfRoom = arrow.from === lanes.length - 1 ? right : spacing;
  const columns = Math.floor((isSelf ? selfRoom - 26 : span - 20) / columnWidth);
  const labelX = isSelf ? fromX + 20 : Math.min(fromX, toX) + 10;
  return {
    time: offsetOf(arrow.seconds),
    frame: frameOf(arrow, options),
    label: arrowLabel(arrow, columns),
    labelX,
    fromX,
    toX,
  };
}

function frameOf({ message: { capture, frame } }: Arrow, { captures = 1 }: LadderSvgOptions): string {
  return frameText(capture, frame, captures);
}

/** What is not drawn, and which letter is which leg and why they are one call. */
function notesOf(call: CallReport, ladder: Ladder, { language }: LadderSvgOptions): string[] {
  const say = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
    interfaceText(language, key, values);
  const legs = call.callIds.length > 1 ? call.callIds.slice(0, legsTold) : [];
  return [
    ...legs.map((callId, index) => {
      const leg = say("view.leg", { leg: legLetter(index) ?? "", callId: visible(callId, 60) });
      const link = call.links.find(({ callIds }) => callIds[1] === callId);
      if (link === undefined) return leg;
      const first = legLetter(call.callIds.indexOf(link.callIds[0])) ?? "?";
      return `${leg} · ${say("view.legLinked", { leg: first, kind: linkName(link.kind, say), score: Math.round(link.score * 100) })}`;
    }),
    ...leftOut(call, ladder, say),
  ];
}

const legsTold = 8;

function textWidth(text: string): number {
  return columnsOf(text) * columnWidth;
}
