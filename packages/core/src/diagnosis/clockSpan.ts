/** What a capture holds by one clock: all of it, or what lies between two times at which the clock was set. */
export interface ClockSpan {
  readonly capture: number;
  /** Number of its first frame. */
  readonly frame: number;
  /** The same for spans by one clock, or by clocks of which it is known exactly how far they are apart. Of one capture, the later span has come later, whatever the clock says. */
  readonly clock: number;
  /** The same for clocks that are known against each other, and how far this one may be from that. */
  readonly tie: number;
  readonly marginMicros: number;
  /** True where it shows an element of the call. */
  readonly isNear: boolean;
  /** Times of its first and last frame, microseconds since the epoch. */
  readonly firstMicros: number;
  readonly lastMicros: number;
  /** How far one saw who wrote it, by this clock. */
  readonly observedUntilMicros: number;
}

/** The span that holds a frame; undefined where none does. */
export function spanOf(
  spans: readonly ClockSpan[],
  { capture, frame }: { readonly capture: number; readonly frame: number },
): ClockSpan | undefined {
  return spans.findLast((span) => span.capture === capture && span.frame <= frame);
}
