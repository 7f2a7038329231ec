/** What fits on a screen, about. */
const PAGE = 10;

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  PageDown: (at, last) => Math.min(last, at + PAGE),
  PageUp: (at) => Math.max(0, at - PAGE),
  Home: () => 0,
  End: (_at, last) => last,
};

/** The place in a list that a key leads to from another; undefined for keys that lead nowhere. */
export function placeByKey(key: string, at: number, last: number): number | undefined {
  return last < 0 ? undefined : steps[key]?.(at, last);
}
