import type { ListPatterns, ReferenceLanguage } from "./referenceLanguage.ts";

/** Items joined as the language joins them: `a, b and c`, `a, b or c`. The same text as Intl.ListFormat gives. */
export function joinList(
  items: readonly string[],
  type: "conjunction" | "disjunction",
  language: ReferenceLanguage,
): string {
  const patterns = language.lists[type];
  return patterns ? joinWith(items, patterns) : new Intl.ListFormat(language.tag, { type }).format(items);
}

function joinWith(items: readonly string[], { pair, start, middle, end }: ListPatterns): string {
  if (items.length < 2) return items.join("");
  if (items.length === 2) return items.join(pair);
  const last = items.length - 1;
  return (
    items.slice(1, last).reduce((text, item, index) => text + (index === 0 ? start : middle) + item, items[0]) +
    end +
    items[last]
  );
}
