import type { CallReport } from "../diagnosis/report.ts";
import { sayIn } from "../language/interfaceText.ts";
import { formatSeconds, offsetOf } from "./clock.ts";
import { clip } from "./columns.ts";
import type { Lanes } from "./ladderLanes.ts";
import type { Arrow, Ladder } from "./ladderModel.ts";
import { notesBetween } from "./ladderNotes.ts";
import type { LadderSvgOptions } from "./ladderSvg.ts";
import { columnWidth, frameOf, markWidth } from "./ladderText.ts";
import { arrowLabel, gapBefore } from "./ladderWords.ts";
import { legLetter } from "./legLetter.ts";
import { visible } from "./page.ts";

export interface LadderRow {
  readonly arrow: Arrow;
  readonly top: number;
  readonly rowHeight: number;
  /** Of the time, of the words on the arrow, and of the arrow itself. */
  readonly timeY: number;
  readonly labelY: number;
  readonly shaftY: number;
  /** Where lanes are within the row. */
  readonly laneTop: number;
  /** Seconds of silence before it, in the digits of the language. */
  readonly gap?: string;
  /** The silence before it as a part of the lanes; none where there is none. */
  readonly silences: readonly LanePart[];
  readonly gapX: number;
  readonly gapY: number;
  readonly time: string;
  readonly frame: string;
  readonly label: string;
  readonly labelX: number;
  readonly fromX: number;
  readonly toX: number;
  /** `A` for the first of several legs. */
  readonly leg?: string;
}

export interface LanePart {
  readonly from: number;
  readonly to: number;
  readonly isSilence: boolean;
}

/** A line of a log, or media that begins, across the whole width: it belongs to no lane. */
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

/** How a row is divided, from its top. */
interface RowShape {
  readonly rowHeight: number;
  readonly timeY: number;
  readonly labelY: number;
  readonly shaftY: number;
  readonly laneTop: number;
  readonly gapHeight: number;
  readonly gapY: number;
  readonly gapLaneTop: number;
}

/** The words stand on the arrow. */
const besideLanes: RowShape = {
  rowHeight: 28,
  timeY: 18,
  labelY: 12,
  shaftY: 18.5,
  laneTop: 0,
  gapHeight: 26,
  gapY: 17,
  gapLaneTop: 0,
};
/** The words stand above lanes that take the whole width. */
const stacked: RowShape = {
  rowHeight: 38,
  timeY: 15,
  labelY: 15,
  shaftY: 28.5,
  laneTop: 20,
  gapHeight: 34,
  gapY: 14,
  gapLaneTop: 20,
};

const lineHeight = 20;

export interface Ground extends Lanes {
  readonly top: number;
  readonly width: number;
  /** Where words begin that stand above the lanes. */
  readonly labelX: number;
}

export function placeRows(
  call: CallReport,
  { arrows }: Ladder,
  options: LadderSvgOptions,
  ground: Ground,
): { readonly rows: LadderRow[]; readonly lines: LadderLine[]; readonly bottom: number } {
  const legs = call.callIds.length > 1 ? call.callIds : [];
  const shape = ground.isStacked ? stacked : besideLanes;
  const gapX = ground.isStacked ? markWidth : ground.lanes[0] + 10;
  const notes = notesBetween(call, arrows, sayIn(options.language));
  const lines: LadderLine[] = [];
  let y = ground.top;
  const placeLines = (before: number, texts: readonly string[]): void => {
    for (const text of texts) {
      lines.push({ ...lineOf(text, ground.width), top: y, lineHeight, before });
      y += lineHeight;
    }
  };
  const rows = arrows.map((arrow, index) => {
    const silence = gapBefore(arrows, index);
    const gap = silence === undefined ? undefined : formatSeconds(silence, options.language.tag);
    placeLines(index, notes[index].media);
    const gapY = y + shape.gapY;
    const silences =
      gap === undefined ? [] : [{ from: y + shape.gapLaneTop, to: y + shape.gapHeight, isSilence: true }];
    if (gap !== undefined) y += shape.gapHeight;
    placeLines(index, notes[index].said);
    const top = y;
    y += shape.rowHeight;
    const leg = legLetter(legs.indexOf(arrow.message.callId));
    const places = {
      rowHeight: shape.rowHeight,
      timeY: top + shape.timeY,
      labelY: top + shape.labelY,
      shaftY: top + shape.shaftY,
      laneTop: top + shape.laneTop,
    };
    return { arrow, top, ...places, gap, gapX, gapY, silences, leg, ...wordsOf(arrow, options, ground) };
  });
  const last = notes[arrows.length];
  placeLines(arrows.length, [...last.media, ...last.said]);
  return { rows, lines, bottom: y };
}

function lineOf(said: string, width: number): Pick<LadderLine, "text" | "full" | "x"> {
  const full = visible(said, 400);
  return { text: clip(`· ${full}`, Math.floor((width - markWidth - 8) / columnWidth)), full, x: markWidth };
}

function wordsOf(
  arrow: Arrow,
  options: LadderSvgOptions,
  { isStacked, lanes, spacing, right, width, labelX: wordsX }: Ground,
): Pick<LadderRow, "time" | "frame" | "label" | "labelX" | "fromX" | "toX"> {
  const [fromX, toX] = [lanes[arrow.from], lanes[arrow.to]];
  const said = { time: offsetOf(arrow.seconds), frame: frameOf(arrow, options), fromX, toX };
  if (isStacked) {
    // A letter of a leg may stand at the edge.
    const label = arrowLabel(arrow, Math.floor((width - wordsX - 18) / columnWidth));
    return { ...said, label, labelX: wordsX };
  }
  const isSelf = arrow.from === arrow.to;
  const span = Math.abs(arrow.to - arrow.from) * spacing;
  const selfRoom = arrow.from === lanes.length - 1 ? right : spacing;
  const columns = Math.floor((isSelf ? selfRoom - 26 : span - 20) / columnWidth);
  const labelX = isSelf ? fromX + 20 : Math.min(fromX, toX) + 10;
  return { ...said, label: arrowLabel(arrow, columns), labelX };
}
