/** When the frames of a capture begin and end, by one clock for all. */
export interface CaptureSpan {
  readonly firstMicros: number;
  readonly lastMicros: number;
}

/** A file that begins where another ends goes on with it, as capture programs do that write one file after the other. */
const PAUSE_MICROS = 10_000_000;

/**
 * How far one saw who wrote this capture: to its end, or to the end of the file that goes on with it. What other captures hold that ran at
 * the same time says nothing about it: they may be from elsewhere. Guard G1.
 */
export function observedThrough({ firstMicros, lastMicros }: CaptureSpan, all: readonly CaptureSpan[]): number {
  let until = lastMicros;
  for (const span of all.toSorted((a, b) => a.firstMicros - b.firstMicros)) {
    const goesOn = span.firstMicros > firstMicros && span.firstMicros >= until;
    if (!goesOn || span.firstMicros > until + PAUSE_MICROS) continue;
    until = Math.max(until, span.lastMicros);
  }
  return until;
}
