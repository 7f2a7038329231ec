import type { Block, Page, Row, Section } from "../reference/page.ts";
import { columnsOf, padEnd } from "./columns.ts";
import { escapeTerminal } from "./escapeTerminal.ts";
import { classStyle, createPaint, type Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

export interface ReferenceTextOptions {
  /** Columns; 80 without it. */
  readonly width?: number;
  readonly color?: boolean;
}

/** A page of the reference for the terminal: no line wider than `width`, nothing in it acts on the terminal. */
export function referenceText(page: Page, { width = 80, color = false }: ReferenceTextOptions = {}): string {
  const sheet: Sheet = { width: Math.max(40, Math.floor(width)), paint: createPaint(color) };
  const lines = [
    ...wrapped(page.title, sheet, 0).map((line) =>
      sheet.paint(classStyle(Number.parseInt(page.title, 10)) ?? "strong", line),
    ),
    ...(page.summary ? wrapped(page.summary, sheet, 0) : []),
    ...page.sections.flatMap((section) => sectionLines(section, sheet)),
  ];
  return `${lines.join("\n")}\n`;
}

interface Sheet {
  readonly width: number;
  readonly paint: Paint;
}

/** A label wider than this goes on a line of its own. */
const widestLabel = 30;

function sectionLines({ heading, blocks }: Section, sheet: Sheet): string[] {
  const lines = ["", ...wrapped(heading, sheet, 0).map((line) => sheet.paint("heading", line))];
  let indent = 2;
  let before: Block["kind"] | undefined;
  for (const block of blocks) {
    const isParted = block.kind === "paragraph" ? before === "paragraph" : block.kind === "subheading";
    if (before !== undefined && before !== "subheading" && isParted) lines.push("");
    if (block.kind === "subheading") indent = block.level * 2;
    lines.push(...blockLines(block, sheet, indent));
    if (block.kind === "subheading") indent += 2;
    before = block.kind;
  }
  return lines;
}

function blockLines(block: Block, sheet: Sheet, indent: number): string[] {
  switch (block.kind) {
    case "paragraph":
      return wrapped(block.text, sheet, indent);
    case "subheading":
      return wrapped(block.text, sheet, indent).map((line) => sheet.paint("strong", line));
    case "items":
      return block.items.flatMap((item) => hanging("•", item, sheet, indent));
    case "steps":
      return block.items.flatMap((item, index) => hanging(`${index + 1}.`, item, sheet, indent));
    case "rows":
      return rowLines(block.rows, sheet, indent);
  }
}

function rowLines(rows: readonly Row[], sheet: Sheet, indent: number): string[] {
  const widths = rows.map(({ label }) => columnsOf(escapeTerminal(label))).filter((columns) => columns <= widestLabel);
  const labelWidth = Math.max(0, ...widths) + 2;
  return rows.flatMap(({ label, value }) => {
    const shown = escapeTerminal(label);
    const lines = wrapped(value, sheet, indent + labelWidth);
    if (columnsOf(shown) > widestLabel) return [...wrapped(label, sheet, indent), ...lines];
    const first = " ".repeat(indent) + padEnd(shown, labelWidth) + lines[0].trimStart();
    return [first.trimEnd(), ...lines.slice(1)];
  });
}

function hanging(mark: string, text: string, sheet: Sheet, indent: number): string[] {
  const hang = columnsOf(mark) + 1;
  const lines = wrapped(text, sheet, indent + hang);
  return [`${" ".repeat(indent)}${mark} ${lines[0].trimStart()}`, ...lines.slice(1)];
}

function wrapped(text: string, { width }: Sheet, indent: number): string[] {
  return wrap(escapeTerminal(text), width - indent).map((line) => (line === "" ? "" : " ".repeat(indent) + line));
}
