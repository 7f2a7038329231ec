/**
 * Where the header lines of a message are. Offsets are from the start of the message. A line is one number: its offset in the lower 24
 * bits, the id of its field above; it ends where the next one starts.
 */
export interface HeaderLines {
  readonly lines: Int32Array;
  /** Index in `lines` of the first line; one number after the last line marks the end of the header. */
  readonly first: number;
  readonly count: number;
  readonly startLineStart: number;
  /** After the start line, without its line end. */
  readonly startLineEnd: number;
  readonly bodyStart: number;
  /** False where the empty line after the header is not there. */
  readonly complete: boolean;
  readonly tooManyLines: boolean;
}

/** `complete` and `tooManyLines` as bits of one number, below those that whoever keeps it has of its own. */
export const COMPLETE = 1;
export const TOO_MANY_LINES = 2;

export function headerFlags({ complete, tooManyLines }: HeaderLines): number {
  return (complete ? COMPLETE : 0) | (tooManyLines ? TOO_MANY_LINES : 0);
}
