import type { Page, Section } from "@sipwhy/core/reference";

/** One property of two codes. */
export interface DifferenceRow {
  readonly label: string;
  /** Empty where the code has nothing to say about it. */
  readonly a: readonly string[];
  readonly b: readonly string[];
}

/** The facts of two codes side by side, those that differ. Where each is defined always differs and tells nothing. */
export function differenceRows(one: Page, other: Page): DifferenceRow[] {
  const [a, b] = [valuesOf(one), valuesOf(other)];
  const labels = [...new Set([...a.keys(), ...b.keys()])];
  return labels
    .map((label) => ({ label, a: a.get(label) ?? [], b: b.get(label) ?? [] }))
    .filter((row) => row.a.join("\n") !== row.b.join("\n") && !isDefinition(row));
}

/** By label, in the order of the page: the facts, the header fields, and what the standard makes of it on ISDN. */
function valuesOf({ sections }: Page): Map<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const { key, heading, blocks } of sections) {
    for (const block of blocks) {
      if (key === "facts" && block.kind === "rows")
        for (const { label, value } of block.rows) values.set(label, [value]);
      if (key === "headerFields" && block.kind === "items") values.set(heading, block.items);
      if (isIsdn(key) && block.kind === "rows") values.set(heading, standardOf(block.rows));
    }
  }
  return values;
}

function isIsdn(key: Section["key"]): boolean {
  return key === "toIsdn" || key === "fromIsdn";
}

/** Products have tables of their own; what differs between codes is what the standard says. */
function standardOf(rows: readonly { readonly label: string; readonly value: string }[]): string[] {
  return rows.filter(({ label }) => label === "RFC 3398").map(({ value }) => value);
}

function isDefinition({ a, b }: DifferenceRow): boolean {
  return [...a, ...b].every((value) => /^RFC \d+ §\S+$/u.test(value));
}
