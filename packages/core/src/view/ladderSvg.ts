import type { CallReport } from "../diagnosis/report.ts";
import type { Language } from "../language/language.ts";
import { interfaceText } from "../language/interfaceText.ts";
import { colors } from "./colors.ts";
import { escapeMarkup } from "./escapeMarkup.ts";
import { describeLadder, ladderSteps } from "./ladderList.ts";
import { layOutLadder, type LadderLayout } from "./ladderLayout.ts";
import { buildLadder } from "./ladderModel.ts";
import type { LaneName } from "./ladderNames.ts";
import type { LadderLine, LadderRow } from "./ladderRows.ts";
import { ladderStyle } from "./ladderStyle.ts";
import { verdictMarks } from "./marks.ts";
import { classStyle } from "./paint.ts";

export interface LadderSvgOptions {
  readonly language: Language;
  /** Pixels to fit into, where the lanes leave that room; 640 unless given. */
  readonly width?: number;
  /** Captures of the report: with several, a frame is `2:6`. */
  readonly captures?: number;
  /** Names of elements, by address with and without port, for lanes that no finding names. */
  readonly names?: ReadonlyMap<string, string>;
  /** Begins every id in the drawing: two drawings on one page need two. `ladder-1` of call 1 unless given. */
  readonly id?: string;
  /** The id of the drawing of the same call, on the same page, that this one stands for where there is less room: it repeats no words for those who cannot see it. */
  readonly standsFor?: string;
  /** With its style inside, for a file of its own. On a page the style is `ladderStyle`, once. */
  readonly standalone?: boolean;
}

/** A drawing and where its rows are, for a page that lays something over them. */
export interface LadderDrawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly DrawnRow[];
  /** What logs say between the rows, and audio where it begins. */
  readonly lines: readonly DrawnLine[];
}

export interface DrawnLine {
  readonly top: number;
  readonly height: number;
  readonly text: string;
  /** Index of the row that it stands before; the number of rows where it is behind the last. */
  readonly before: number;
}

export interface DrawnRow {
  readonly top: number;
  readonly height: number;
  readonly capture: number;
  readonly frame: number;
  /** The arrow as a sentence. */
  readonly text: string;
}

/** The messages of a call as SVG: `drawLadder` without the places of its rows. */
export function ladderSvg(call: CallReport, options: LadderSvgOptions): string {
  return drawLadder(call, options).svg;
}

/**
 * The messages of a call as SVG: a lane for each element, time downwards, retransmissions as one arrow with a count, silences as a
 * gap, the finding's frames marked with its verdict. Whatever the call holds, it is well-formed XML without scripts or links.
 */
export function drawLadder(call: CallReport, options: LadderSvgOptions): LadderDrawing {
  const ladder = buildLadder(call);
  const layout = layOutLadder(call, ladder, options);
  const steps = ladderSteps(call, options);
  const id = options.id ?? `ladder-${call.id.replace(/[^\w-]/gu, "").slice(0, 20)}`;
  const say = (key: string, values = {}): string => escapeMarkup(interfaceText(options.language, key, values));
  const { width, height } = layout;
  const name = options.standsFor ?? id;
  const isFirst = options.standsFor === undefined;
  const pen = isFirst ? inked : styled;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="sipwhy-ladder"${isFirst ? ` id="${id}"` : ""} role="img" aria-labelledby="${name}-title ${name}-desc"`,
    ` lang="${escapeMarkup(options.language.tag)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` direction="ltr" font-family="monospace" font-size="12">`,
    ...(isFirst
      ? [
          `<title id="${id}-title">${say("view.ladderOf", { id: call.id.slice(0, 40) })}</title>`,
          `<desc id="${id}-desc">${escapeMarkup(describeLadder(call, options.language), 4000)}</desc>`,
        ]
      : []),
    ...(options.standalone === true ? [`<style>${ladderStyle}</style>`] : []),
    ...(options.standalone === true
      ? [`<rect class="ground" width="100%" height="100%" ${inked.ink("fill", "ground")}/>`]
      : []),
    ...laneLines(layout, pen),
    ...layout.names.map((each) => laneName(each, pen)),
    ...layout.rows.map((row, index) => rowOf(row, `${id}-m${index + 1}`, steps[index], layout, say, pen)),
    ...layout.lines.map((line) => logLine(line, pen)),
    ...layout.notes.map(({ text, x, y }) => quiet(escapeMarkup(text, 200), x, y, "start", pen)),
    "</svg>",
  ];
  const rows = layout.rows.map(({ arrow: { message }, top, rowHeight }, index) => ({
    top,
    height: rowHeight,
    capture: message.capture,
    frame: message.frame,
    text: steps[index],
  }));
  const lines = layout.lines.map(({ top, lineHeight, full, before }) => ({
    top,
    height: lineHeight,
    text: full,
    before,
  }));
  return { svg: parts.join(""), width, height, rows, lines };
}

/** What goes into a drawing besides its shapes and its words. */
interface Pen {
  /** A colour as an attribute, for readers of SVG without custom properties; where they are known, the style has the last word. */
  ink(attribute: "fill" | "stroke", color: string): string;
  /** What is said when something is pointed at, as markup. */
  title(text: string): string;
  /** So that a row can be led to. */
  id(text: string): string;
}

const inked: Pen = {
  ink: (attribute, color) => ` ${attribute}="${colors[color].light}"`,
  title: (text) => `<title>${text}</title>`,
  id: (text) => ` id="${text}"`,
};
/** The page has the style, and another drawing the titles. */
const styled: Pen = { ink: () => "", title: () => "", id: () => "" };

function laneLines({ lanes, laneParts }: LadderLayout, { ink }: Pen): string[] {
  const pathsOf = (isSilence: boolean): string[] => {
    const parts = laneParts.filter((part) => part.isSilence === isSilence);
    return lanes.flatMap((x) => parts.map(({ from, to }) => `M${x} ${from}V${to}`));
  };
  const [solid, dashed] = [pathsOf(false), pathsOf(true)];
  return [
    `<path class="lane" fill="none"${ink("stroke", "line")} d="${solid.join("")}"/>`,
    ...(dashed.length === 0
      ? []
      : [`<path class="lane" fill="none"${ink("stroke", "line")} stroke-dasharray="2 4" d="${dashed.join("")}"/>`]),
  ];
}

function laneName({ text, full, x, y, anchor, isAddress }: LaneName, pen: Pen): string {
  const title = full === text ? "" : pen.title(escapeMarkup(full, 300));
  const style = isAddress ? `class="strong" font-weight="700"` : `class="quiet"${pen.ink("fill", "quiet")}`;
  return `<text ${style} x="${x}" y="${y}" text-anchor="${anchor}">${title}${escapeMarkup(text, 300)}</text>`;
}

function rowOf(
  row: LadderRow,
  id: string,
  step: string,
  layout: LadderLayout,
  say: (key: string, values?: Readonly<Record<string, string>>) => string,
  pen: Pen,
): string {
  const { arrow, gap, top, rowHeight, timeY } = row;
  const { verdict, message } = arrow;
  const style = classStyle(message.statusCode);
  const names = ["row", ...(style === undefined ? [] : [`c${style}`]), ...(verdict === undefined ? [] : ["evidence"])];
  const color = style ?? "text";
  const silence = gap === undefined ? "" : quiet(say("view.gap", { seconds: gap }), row.gapX, row.gapY, "start", pen);
  const marked =
    verdict === undefined
      ? ""
      : `<rect class="band" x="2" y="${top + 1}" width="${layout.width - 4}" height="${rowHeight - 2}" rx="3"${pen.ink("fill", "band")}/>` +
        `<text class="mark" x="14" y="${timeY}" text-anchor="middle"${pen.ink("fill", color)}>${verdictMarks[verdict]}</text>`;
  return (
    silence +
    `<g${pen.id(id)} class="${names.join(" ")}">${pen.title(escapeMarkup(step))}` +
    marked +
    laneCrossings(row, layout, pen) +
    quiet(escapeMarkup(row.time), layout.timeRight, timeY, "end", pen) +
    quiet(escapeMarkup(row.frame), layout.frameRight, timeY, "end", pen) +
    (row.leg === undefined ? "" : quiet(row.leg, layout.width - 8, timeY, "end", pen)) +
    shaft(row, verdict === undefined ? "quiet" : color, pen) +
    `<text class="label" x="${row.labelX}" y="${row.labelY}"${pen.ink("fill", color)}${verdict === undefined ? "" : ` font-weight="700"`}>${escapeMarkup(row.label, 300)}</text></g>`
  );
}

/** The lanes behind it stay, but not behind its letters. */
function logLine({ text, full, x, top }: LadderLine, { ink, title }: Pen): string {
  return (
    `<text class="quiet line" x="${x}" y="${top + 14}"${ink("fill", "quiet")}${ink("stroke", "ground")} stroke-width="5" paint-order="stroke">` +
    `${title(escapeMarkup(full, 400))}${escapeMarkup(text, 400)}</text>`
  );
}

/** The band of an evidence row lies over the lanes, which go on through it. */
function laneCrossings({ arrow, laneTop, top, rowHeight }: LadderRow, { lanes }: LadderLayout, { ink }: Pen): string {
  if (arrow.verdict === undefined) return "";
  const path = lanes.map((x) => `M${x} ${laneTop}V${top + rowHeight}`).join("");
  return `<path class="lane" fill="none"${ink("stroke", "line")} d="${path}"/>`;
}

function shaft({ fromX, toX, shaftY: y }: LadderRow, color: string, { ink }: Pen): string {
  const [line, head] = [
    `<path class="shaft" fill="none"${ink("stroke", color)}`,
    `<path class="head"${ink("fill", color)}`,
  ];
  if (fromX === toX) {
    const loop = `M${fromX} ${y - 7}h14v9h-8`;
    return `${line} d="${loop}"/>${head} d="M${fromX + 1} ${y + 2}l7 -3.5v7z"/>`;
  }
  const back = fromX < toX ? -7 : 7;
  return `${line} d="M${fromX} ${y}H${toX + back}"/>${head} d="M${toX} ${y}l${back} -3.5v7z"/>`;
}

function quiet(markup: string, x: number, y: number, anchor: string, { ink }: Pen): string {
  return `<text class="quiet" x="${x}" y="${y}" text-anchor="${anchor}"${ink("fill", "quiet")}>${markup}</text>`;
}
