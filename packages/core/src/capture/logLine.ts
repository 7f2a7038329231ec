/** A line of a log that is no message: what the program said between them. */
export interface LogLine {
  /** Index of the capture in this analysis, from 0. */
  readonly capture: number;
  /** Number of the message that it stands behind; 0 before the first. */
  readonly frame: number;
  /** Microseconds since the epoch: its own, or of what stands before it. */
  readonly timeMicros: number;
  /** As it was printed, cut where no reader would read on: untrusted. */
  readonly text: string;
  /** What the log itself names a call by, where the line has it. */
  readonly identity?: string;
}
