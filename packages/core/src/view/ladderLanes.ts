import { offsetOf } from "./clock.ts";
import type { Ladder } from "./ladderModel.ts";
import type { LadderSvgOptions } from "./ladderSvg.ts";
import { columnWidth, frameOf, markWidth, textWidth } from "./ladderText.ts";
import { arrowLabel, shortAddress } from "./ladderWords.ts";

/** Where the lanes of a drawn ladder are, across. */
export interface Lanes {
  readonly isStacked: boolean;
  readonly lanes: readonly number[];
  readonly spacing: number;
  /** Room to the right of the last lane. */
  readonly right: number;
  readonly lanesWidth: number;
}

/** Lanes beside times and frames; on a phone, where they do not fit, below them. */
export function placeLanes(ladder: Ladder, { width = 640 }: LadderSvgOptions, gutter: Gutter, hasLegs: boolean): Lanes {
  const gaps = Math.max(1, ladder.lanes.length - 1);
  const right = Math.max(edgeWidth(ladder), selfLabelWidth(ladder)) + (hasLegs ? 18 : 8);
  const isStacked = width < narrowRoom && gutter.width + gaps * narrowestSpacing + right > width;
  const left = isStacked ? stackedMargin : gutter.width;
  const after = isStacked ? stackedMargin + (selfLabelWidth(ladder) > 0 ? 8 : 0) : right;
  const room = Math.floor((width - left - after) / gaps);
  const spacing = isStacked ? Math.min(widestSpacing, room) : Math.max(narrowestSpacing, Math.min(widestSpacing, room));
  const lanes = ladder.lanes.map((_lane, index) => left + index * spacing + 0.5);
  const lanesWidth = isStacked ? Math.floor(width) : Math.ceil(left + (ladder.lanes.length - 1) * spacing + after);
  return { isStacked, lanes, spacing, right: after, lanesWidth };
}

/** Times and frames. */
export interface Gutter {
  readonly timeRight: number;
  readonly frameRight: number;
  readonly width: number;
}

export function gutterOf({ arrows }: Ladder, options: LadderSvgOptions): Gutter {
  const timeColumns = Math.max(6, ...arrows.map(({ seconds }) => offsetOf(seconds).length));
  const frameColumns = Math.max(1, ...arrows.map((arrow) => frameOf(arrow, options).length));
  const timeRight = Math.ceil(markWidth + timeColumns * columnWidth);
  const frameRight = Math.ceil(timeRight + 10 + frameColumns * columnWidth);
  return { timeRight, frameRight, width: frameRight + 22 };
}

const narrowestSpacing = 104;
const widestSpacing = 260;
/** Below this the drawing is one for a phone: what does not fit beside the words is drawn below them. */
const narrowRoom = 480;
const stackedMargin = 14;

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
