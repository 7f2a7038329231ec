import { internText } from "../bytes/intern.ts";
import type { Packet } from "./packet.ts";

/**
 * Where things are in a message: numbers from `at` on, in the places that `PLACE` names; after these one number for each header line and one
 * that marks the end of the header. Offsets are from the start of the message.
 */
export interface MessageIndex {
  readonly numbers: Int32Array;
  readonly at: number;
}

/** Of what every message is asked for, start and end; both 0 where it is not there or has no value. */
export const PLACE = {
  /** How many numbers there are, with this one. */
  size: 0,
  /** Of `COMPLETE`, `TOO_MANY_LINES` and `RESPONSE`. */
  flags: 1,
  /** Of a response; -1 where it is not three digits, and for a request. */
  statusCode: 2,
  /** The start line without its line end. */
  startLine: 3,
  /** The method of a request is from the start of the start line to here. */
  methodEnd: 5,
  /** What Content-Length says, or all that is there where it says nothing or more. RFC 3261 §18.3 */
  body: 6,
  callId: 8,
  /** The whole value. */
  cseq: 10,
  cseqMethod: 12,
  fromTag: 14,
  toTag: 16,
  /** Of the top Via. */
  branch: 18,
  /** How many header lines, a folded one counted once. */
  lineCount: 20,
  /** A line is one number: its offset in the lower 24 bits, the id of its field above; it ends where the next one starts. */
  lines: 21,
} as const;

/** The empty line after the header is there. */
export const COMPLETE = 1;
/** There are more header lines than are read. */
export const TOO_MANY_LINES = 2;
export const RESPONSE = 4;

export function indexSize({ numbers, at }: MessageIndex): number {
  return numbers[at + PLACE.size];
}

/** The text from the place `start` to the place `end`, each a name in `PLACE`; of `start` alone where that has a start and an end. */
export function indexedText(
  { bytes, start: base }: Packet,
  { numbers, at }: MessageIndex,
  start: number,
  end: number = start + 1,
): string {
  return internText(bytes, base + numbers[at + start], base + numbers[at + end]);
}

/** Copies the numbers; there must be room for them. */
export function copyIndex({ numbers, at }: MessageIndex, to: Int32Array, toAt: number): void {
  const size = numbers[at];
  for (let i = 0; i < size; i++) to[toAt + i] = numbers[at + i];
}
