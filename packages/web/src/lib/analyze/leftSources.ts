import type { Source } from "./protocol.ts";

/** Captures dropped on another page of this visit, for the analyzer to take. */
let waiting: readonly Source[] = [];

export function leaveSources(sources: readonly Source[]): void {
  waiting = sources;
}

/** What was left, once. */
export function takeSources(): readonly Source[] {
  const sources = waiting;
  waiting = [];
  return sources;
}
