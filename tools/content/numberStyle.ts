import type { NumberStyle } from "../../packages/core/src/language/numberText.ts";

/** What Intl.NumberFormat puts between the digits in this language; made when content is compiled, as the first Intl object costs a process much. */
export function numberStyle(tag: string): NumberStyle {
  const literal = (value: number, kind: Intl.NumberFormatPartTypes): string | undefined =>
    new Intl.NumberFormat(tag).formatToParts(value).find(({ type }) => type === kind)?.value;
  const decimal = literal(0.5, "decimal");
  const group = literal(12_345, "group");
  if (decimal === undefined || group === undefined) throw new Error(`${tag} does not write numbers in groups`);
  return { decimal, group, groupedFrom: literal(1234, "group") === undefined ? 5 : 4 };
}
