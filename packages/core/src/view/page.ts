import { frameName } from "../call/frameName.ts";
import type { Report } from "../diagnosis/report.ts";
import type { MessageValues } from "../language/format.ts";
import { sayIn } from "../language/interfaceText.ts";
import { clip, columnsOf, padEnd } from "./columns.ts";
import { escapeTerminal } from "./escapeTerminal.ts";
import { createPaint, type Paint, type Style } from "./paint.ts";
import type { ViewOptions } from "./viewOptions.ts";
import { wrap } from "./wrap.ts";

/** What every part of the text view needs to write on. */
export interface Page {
  readonly report: Report;
  readonly locale: string;
  readonly width: number;
  /** Prose in longer lines than this is hard to read, however wide the terminal. */
  readonly proseWidth: number;
  readonly ladder: boolean;
  readonly paint: Paint;
  /** Columns of the labels beside a finding. */
  readonly labelWidth: number;
  say(key: string, values?: MessageValues): string;
}

export function createPage(report: Report, options: ViewOptions): Page {
  const say = sayIn(options.language);
  const width = Math.max(40, Math.floor(options.width ?? 80));
  return {
    report,
    locale: options.language.tag,
    width,
    proseWidth: Math.min(width, 100),
    ladder: options.ladder === true,
    paint: createPaint(options.color === true),
    labelWidth: Math.min(16, Math.max(...labels.map((label) => columnsOf(say(label))))) + 2,
    say,
  };
}

const labels: readonly string[] = [
  "view.who",
  "view.why",
  "view.proof",
  "view.fix",
  "view.missing",
  "view.readings",
  "view.callsHeading",
];

/** Text from the report, made safe and cut where no reader would read on. */
export function visible(text: string, columns = 2000): string {
  return clip(escapeTerminal(text.length > columns * 4 ? text.slice(0, columns * 4) : text), columns);
}

/** Text wrapped under a first-line prefix, continued under blanks of the same width. */
export function hanging(prefix: string, text: string, width: number): string[] {
  const indent = " ".repeat(columnsOf(prefix));
  return wrap(text, width - indent.length).map((line, index) => (index === 0 ? prefix : indent) + line);
}

/** Facts joined by dots; one that no longer fits begins a line of its own under an indent. */
export function joinFacts(facts: readonly string[], width: number, indent: number): string[] {
  const lines = [facts[0]];
  for (const fact of facts.slice(1)) {
    const line = `${lines[lines.length - 1]} · ${fact}`;
    if (columnsOf(line) <= width) lines[lines.length - 1] = line;
    else lines.push(" ".repeat(indent) + clip(fact, width - indent));
  }
  return lines;
}

/** Lines beside a label: `  Who    10.9.0.30:5060`. */
export function labelled(page: Page, label: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const name = clip(page.say(label), page.labelWidth - 1);
  return lines.map((line, index) => {
    const beside =
      index === 0
        ? page.paint("strong", name) + padEnd("", page.labelWidth - columnsOf(name))
        : " ".repeat(page.labelWidth);
    return `  ${beside}${line}`.trimEnd();
  });
}

/** Columns left for the lines beside a label. */
export function besideLabel(page: Page): number {
  return page.proseWidth - 2 - page.labelWidth;
}

export function painted(page: Page, style: Style | undefined, lines: readonly string[]): string[] {
  return lines.map((line) => page.paint(style, line));
}

export function frameNumber(page: Page, capture: number, frame: number): string {
  return String(frameName({ capture, frame }, page.report.captures.length));
}
