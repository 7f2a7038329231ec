import { frameName } from "../call/frameName.ts";
import { columnsOf } from "./columns.ts";
import type { Arrow } from "./ladderModel.ts";
import type { LadderSvgOptions } from "./ladderSvg.ts";

/** Width of a column of the monospaced face at 12 px. */
export const columnWidth: number = 7.23;
/** Before it stand verdict marks. */
export const markWidth: number = 24;

export function textWidth(text: string): number {
  return columnsOf(text) * columnWidth;
}

export function frameOf({ message }: Arrow, { captures = 1 }: LadderSvgOptions): string {
  return String(frameName(message, captures));
}
