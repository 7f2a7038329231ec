import type { CaptureReport } from "../diagnosis/report.ts";
import { columnsOf, padEnd } from "./columns.ts";
import { inputLines } from "./inputNames.ts";
import { hanging, type Page, visible } from "./page.ts";

/** What each capture was found to hold, read or not: `--explain-input`. */
export function inputBlock(page: Page): string[] {
  const captures = page.report.captures.filter(({ input }) => input !== undefined);
  if (captures.length === 0) return [];
  return [
    page.paint("heading", page.say("input.heading")),
    ...captures.flatMap((capture) => captureLines(page, capture)),
  ];
}

function captureLines(page: Page, { name, format, input }: CaptureReport): string[] {
  const lines = inputLines(page, input!);
  const width = Math.max(...lines.map(({ label }) => columnsOf(label)));
  return [
    ...hanging("  ", `${visible(name, 300)} (${visible(format, 40)})`, page.width),
    ...lines.flatMap(({ label, text }) => hanging(`    ${padEnd(label, width)}  `, text, page.width)),
  ];
}
