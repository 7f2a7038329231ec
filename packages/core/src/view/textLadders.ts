import type { FindingGroup } from "./groupFindings.ts";
import { ladderLines } from "./ladder.ts";
import type { Page } from "./page.ts";

/** Ladders of the calls that no finding has shown one of: the first few. */
export function remainingLadders(page: Page, groups: readonly FindingGroup[]): string[][] {
  if (!page.ladder) return [];
  const drawn = new Set(groups.map(({ calls }) => calls[0]));
  const told = new Set(groups.flatMap(({ calls }) => calls));
  const wanted =
    page.report.calls.length <= laddersShown ? page.report.calls : page.report.calls.filter((call) => !told.has(call));
  return wanted
    .filter((call) => !drawn.has(call))
    .slice(0, laddersShown)
    .map((call) => ladderLines(page, call));
}

const laddersShown = 10;
