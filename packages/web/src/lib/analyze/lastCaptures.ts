import type { Source } from "./protocol.ts";

/** Of this tab and its session alone; it tells how many bytes the captures had, and nothing of what was in them. */
const key = "sipwhy captures";

/** A reload has lost what was read, but not its address: whether that may still lead to a call of what is read now. Remembers these. */
export function mayBeTheLastOnes(sources: readonly Source[]): boolean {
  const sizes = sources.map(({ data }) => data.size).join(" ");
  // A browser may be told to keep nothing.
  try {
    const last = sessionStorage.getItem(key);
    sessionStorage.setItem(key, sizes);
    return last === null || last === sizes;
  } catch {
    return true;
  }
}
