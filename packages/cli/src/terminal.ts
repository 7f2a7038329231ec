import type { Flags } from "./flags.ts";

/** Whether to colour what goes to stdout. https://no-color.org */
export function colorWanted(
  { color = "auto" }: Pick<Flags, "color">,
  { stdout, env }: Pick<NodeJS.Process, "env"> & { stdout: { isTTY?: boolean } },
): boolean {
  if (color !== "auto") return color === "always";
  return stdout.isTTY === true && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
}

/** Columns to write in: as asked, as the terminal has, or 80. */
export function widthOf({ width }: Pick<Flags, "width">, stdout: { isTTY?: boolean; columns?: number }): number {
  return width ?? (stdout.isTTY === true && stdout.columns !== undefined && stdout.columns >= 40 ? stdout.columns : 80);
}
