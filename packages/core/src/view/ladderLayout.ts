import type { CallReport } from "../diagnosis/report.ts";
import { sayIn } from "../language/interfaceText.ts";
import { columnsOf } from "./columns.ts";
import { gutterOf, placeLanes } from "./ladderLanes.ts";
import type { Ladder } from "./ladderModel.ts";
import { type LaneName, laneLegend, laneNames } from "./ladderNames.ts";
import { type LadderLine, type LadderRow, type LanePart, placeRows } from "./ladderRows.ts";
import type { LadderSvgOptions } from "./ladderSvg.ts";
import { notesShown } from "./ladderNotes.ts";
import { columnWidth, markWidth } from "./ladderText.ts";
import { leftOut } from "./ladderWords.ts";
import { legLetter } from "./legLetter.ts";
import { linkName } from "./linkName.ts";
import { visible } from "./page.ts";
import { wrap } from "./wrap.ts";

/** Where everything of a drawn ladder is, in pixels. */
export interface LadderLayout {
  readonly width: number;
  readonly height: number;
  readonly timeRight: number;
  readonly frameRight: number;
  /** x of each lane. */
  readonly lanes: readonly number[];
  /** Where lanes are drawn, from y to y, and where they are broken by a silence. */
  readonly laneParts: readonly LanePart[];
  readonly names: readonly LaneName[];
  readonly rows: readonly LadderRow[];
  /** What logs say between the arrows. */
  readonly lines: readonly LadderLine[];
  readonly notes: readonly { readonly text: string; readonly x: number; readonly y: number }[];
}

const noteX = 8;

export function layOutLadder(call: CallReport, ladder: Ladder, options: LadderSvgOptions): LadderLayout {
  const hasLegs = call.callIds.length > 1;
  const gutter = gutterOf(ladder, options);
  const ground = placeLanes(ladder, options, gutter, hasLegs);
  const width = Math.max(ground.lanesWidth, linesWidth(call, options.width ?? 640));
  const names = ground.isStacked
    ? laneLegend(ladder, options, ground.lanes, width)
    : laneNames(ladder, options, ground.lanes, ground.spacing, width);
  const lanesTop = Math.max(0, ...names.map(({ y }) => y)) + 7;
  const labelled = { ...ground, top: lanesTop + 2, width, labelX: gutter.frameRight + 10 };
  const { rows, lines, bottom } = placeRows(call, ladder, options, labelled);
  const lanesBottom = rows.length === 0 ? lanesTop : bottom + 4;
  const noteColumns = Math.floor((width - 2 * noteX) / columnWidth);
  const notes = notesOf(call, ladder, options)
    .flatMap((text) => wrap(text, noteColumns))
    .map((text, index) => ({ text, x: noteX, y: lanesBottom + 18 + index * 17 }));
  const height = Math.ceil((notes.at(-1)?.y ?? lanesBottom) + 8);
  const { timeRight, frameRight } = gutter;
  const laneParts = ground.isStacked ? partsOfRows(rows) : wholeLanes(rows, lanesTop, lanesBottom);
  return { width, height, timeRight, frameRight, lanes: ground.lanes, laneParts, names, rows, lines, notes };
}

/** From the names to the last row, broken where a silence is. */
function wholeLanes(rows: readonly LadderRow[], top: number, bottom: number): LanePart[] {
  const silences = rows.flatMap((row) => row.silences);
  const ends = [top, ...silences.flatMap(({ from, to }) => [from, to]), bottom];
  const solid = ends.flatMap((from, index) =>
    index % 2 === 0 ? [{ from, to: ends[index + 1], isSilence: false }] : [],
  );
  return [...solid, ...silences];
}

/** Beside each arrow, so that no words stand on them. */
function partsOfRows(rows: readonly LadderRow[]): LanePart[] {
  return rows.flatMap(({ laneTop, top, rowHeight, silences }) => [
    ...silences,
    { from: laneTop, to: top + rowHeight, isSilence: false },
  ]);
}

/** Lines of logs may take all the room there is. */
function linesWidth({ annotations = [] }: CallReport, room: number): number {
  const longest = Math.max(
    0,
    ...annotations.slice(0, notesShown).map(({ text }) => columnsOf(`· ${visible(text, 400)}`)),
  );
  return longest === 0 ? 0 : Math.floor(Math.min(room, markWidth + 8 + Math.ceil(longest * columnWidth)));
}

/** What is not drawn, and which letter is which leg and why they are one call. */
function notesOf(call: CallReport, ladder: Ladder, { language }: LadderSvgOptions): string[] {
  const say = sayIn(language);
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
