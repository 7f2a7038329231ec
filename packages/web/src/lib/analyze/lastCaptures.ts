import type { Source } from "./protocol.ts";

interface LastCaptures {
  readonly reading: number;
  /** How many bytes each had, and nothing of what was in them. */
  readonly sizes: string;
}

/** Of this tab and its session alone. */
const key = "sipwhy captures";
/** For a browser that is told to keep nothing. */
let kept: LastCaptures | undefined;

/**
 * Which captures of this tab these are, as addresses of calls say it: those that were read last, which a reload has lost, or others after
 * them. The first take the number that the address has (`addressed`). Remembers them.
 */
export function readingOf(sources: readonly Source[], addressed: number): number {
  const sizes = sources.map(({ data }) => data.size).join(" ");
  const last = recalled();
  const next = last === undefined ? addressed : last.reading + 1;
  const reading = last?.sizes === sizes ? last.reading : next;
  remember({ reading, sizes });
  return reading;
}

function recalled(): LastCaptures | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? "null") as LastCaptures | null) ?? kept;
  } catch {
    return kept;
  }
}

function remember(captures: LastCaptures): void {
  kept = captures;
  try {
    sessionStorage.setItem(key, JSON.stringify(captures));
  } catch {
    // The addresses of this visit are told apart all the same.
  }
}
