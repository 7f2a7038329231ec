import { clip } from "./columns.ts";
import { laneLetter } from "./laneLetter.ts";
import type { Ladder, Lane } from "./ladderModel.ts";
import type { LadderSvgOptions } from "./ladderSvg.ts";
import { columnWidth, textWidth } from "./ladderText.ts";
import { shortAddress } from "./ladderWords.ts";
import { visible } from "./page.ts";

export interface LaneName {
  readonly text: string;
  readonly full: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly isAddress: boolean;
}

const nameHeight = 16;
const legendX = 8;

/** Each address over its lane with the name below it; where neighbours would touch, every other lane's go one step up. */
export function laneNames(
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

/** A letter over each lane, and what the letters are. */
export function laneLegend(
  { lanes }: Ladder,
  { names }: LadderSvgOptions,
  at: readonly number[],
  width: number,
): LaneName[] {
  const legend = lanes.flatMap((lane, index): LaneName[] => {
    const y = 16 + index * nameHeight;
    const address = `${laneLetter(index)}  ${visible(shortAddress(lane.address), 100)}`;
    const name = visible(nameOf(lane, names), 200);
    const text = clip(address, Math.floor((width - 2 * legendX) / columnWidth));
    const nameX = legendX + Math.ceil(textWidth(text)) + 12;
    const placed = { x: legendX, y, anchor: "start" } as const;
    const shown = clip(name, Math.floor((width - nameX - legendX) / columnWidth));
    return [
      { ...placed, text, full: address, isAddress: true },
      ...(shown.length < 2 ? [] : [{ ...placed, x: nameX, text: shown, full: name, isAddress: false }]),
    ];
  });
  const y = 16 + lanes.length * nameHeight + 6;
  const letters = lanes.map((_lane, index): LaneName => {
    const text = laneLetter(index);
    return { text, full: text, x: at[index], y, anchor: "middle", isAddress: true };
  });
  return [...legend, ...letters];
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
