import type { ListPatterns } from "../../packages/core/src/reference/referenceLanguage.ts";

/**
 * What Intl.ListFormat puts between the items of a list in this language. Made when content is compiled: the first Intl object costs a
 * process more than the rest of a look-up. `undefined` where it depends on the items, as Spanish `y` and `e`: there it is asked.
 */
export function listPatterns(tag: string, type: "conjunction" | "disjunction"): ListPatterns | undefined {
  const format = new Intl.ListFormat(tag, { type });
  const pair = between(format.formatToParts(["a", "b"]));
  const dependsOnItems = ["a", "i", "hi", "o", "ho", "8", "11"].some(
    (item) => between(format.formatToParts(["a", item])) !== pair,
  );
  if (dependsOnItems || pair === undefined) return undefined;
  const literals = format.formatToParts(["a", "b", "c", "d"]).filter(({ type: kind }) => kind === "literal");
  if (literals.length !== 3) return undefined;
  return { pair, start: literals[0].value, middle: literals[1].value, end: literals[2].value };
}

/** The text between two items; `undefined` where there is text before or after them too. */
function between(parts: readonly { readonly type: string; readonly value: string }[]): string | undefined {
  return parts.length === 3 && parts[1].type === "literal" ? parts[1].value : undefined;
}
