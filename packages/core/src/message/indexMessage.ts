import { CR, HTAB, LF, SPACE } from "../bytes/ascii.ts";
import { indexOfByte, wordsOf } from "../bytes/words.ts";
import { COMPLETE, PLACE, RESPONSE, TOO_MANY_LINES } from "../network/messageIndex.ts";
import {
  CALL_ID_ID,
  CONTENT_LENGTH_ID,
  CSEQ_ID,
  fieldIdAt,
  FROM_ID,
  NO_FIELD,
  TO_ID,
  UNKNOWN_FIELD,
  VIA_ID,
} from "./fieldId.ts";
import { putBranch, putSecondWord, putTag, putText, quickNumber } from "./quickValue.ts";
import { readStartLine, type StartLine } from "./startLine.ts";

/** More header lines are not read. */
export const MOST_LINES = 1000;
/** Numbers that the index of a message has at most. */
export const MOST_NUMBERS: number = PLACE.lines + MOST_LINES + 1;
/** Longer messages are not read: the offset of a line has 24 bits. */
export const LONGEST_MESSAGE: number = 2 ** 24 - 1;
/** Of a line's number. */
export const LINE_OFFSET = 0xffffff;
/** LF and colon, four times over. */
const LINE_FEEDS = 0x0a0a0a0a;
const COLONS = 0x3a3a3a3a;

/** By id, where the value of the first Via, From … of the message indexed last starts, and ends; -1 where there is none. Offsets into the buffer. */
const starts: Int32Array = new Int32Array(CONTENT_LENGTH_ID + 1);
const ends: Int32Array = new Int32Array(CONTENT_LENGTH_ID + 1);
/** Where the value of the line looked at last starts. */
let value = 0;

/**
 * Finds in one pass the lines of the header, their names, and what every message is asked for; writes it into `numbers` from `at` on, as
 * `MessageIndex` says. False where it is no SIP at all. Folded lines count as one. RFC 3261 §7.3.1
 * `isCut`: the last line may be half a line, whose value says nothing.
 */
export function indexMessage(
  bytes: Uint8Array,
  start: number,
  packetEnd: number,
  numbers: Int32Array,
  at: number,
  isCut: boolean,
): boolean {
  const end = Math.min(packetEnd, start + LONGEST_MESSAGE);
  const words = wordsOf(bytes);
  const headerStart = putStartLine(bytes, words, start, end, numbers, at);
  const startLineStart = start + numbers[at + PLACE.startLine];
  const line = readStartLine(bytes, startLineStart, start + numbers[at + PLACE.startLine + 1]);
  if (line.kind === "none") return false;
  const bodyStart = putLines(bytes, words, start, headerStart, end, numbers, at, isCut);
  if (line.kind === "unversioned" && mandatoryFields() < 2) return false;
  if (line.kind === "response") numbers[at + PLACE.flags] |= RESPONSE;
  putQuickValues(bytes, start, line, numbers, at);
  numbers[at + PLACE.body] = bodyStart - start;
  numbers[at + PLACE.body + 1] = bodyEnd(bytes, bodyStart, packetEnd) - start;
  return true;
}

/** Skips empty lines before the message (RFC 3261 §7.5) and returns the index after the start line. */
function putStartLine(
  bytes: Uint8Array,
  words: DataView,
  start: number,
  end: number,
  numbers: Int32Array,
  at: number,
): number {
  let from = start;
  while (from < end && (bytes[from] === CR || bytes[from] === LF)) from++;
  const to = indexOfByte(bytes, words, LINE_FEEDS, from, end);
  numbers[at + PLACE.startLine] = from - start;
  numbers[at + PLACE.startLine + 1] = (to > from && bytes[to - 1] === CR ? to - 1 : to) - start;
  return Math.min(to + 1, end);
}

/** Returns the index after the header. */
function putLines(
  bytes: Uint8Array,
  words: DataView,
  start: number,
  headerStart: number,
  end: number,
  numbers: Int32Array,
  at: number,
  isCut: boolean,
): number {
  for (let id = 0; id <= CONTENT_LENGTH_ID; id++) starts[id] = -1;
  const lines = at + PLACE.lines;
  let next = headerStart;
  let lineStart = next;
  let count = 0;
  let flags = 0;
  while (next < end) {
    lineStart = next;
    const byte = bytes[next];
    if (byte === LF || (byte === CR && next + 1 < end && bytes[next + 1] === LF)) {
      flags |= COMPLETE;
      next += byte === LF ? 1 : 2;
      break;
    }
    next = lineEnd(bytes, words, next, end);
    const id = fieldOf(bytes, words, lineStart, next);
    if (count === MOST_LINES) {
      flags |= TOO_MANY_LINES;
      continue;
    }
    numbers[lines + count++] = (id << 24) | (lineStart - start);
    if (id === UNKNOWN_FIELD || id > CONTENT_LENGTH_ID || starts[id] >= 0) continue;
    if (isCut && next === end && bytes[end - 1] !== LF) continue;
    starts[id] = value;
    ends[id] = next;
  }
  if ((flags & COMPLETE) === 0) lineStart = end;
  numbers[lines + count] = lineStart - start;
  numbers[at + PLACE.lineCount] = count;
  numbers[at + PLACE.size] = PLACE.lines + count + 1;
  numbers[at + PLACE.flags] = flags;
  return next;
}

/** Index after the line end that ends the header field: one that no space or tab follows. */
function lineEnd(bytes: Uint8Array, words: DataView, start: number, end: number): number {
  let at = start;
  for (;;) {
    at = indexOfByte(bytes, words, LINE_FEEDS, at, end) + 1;
    if (at >= end) return end;
    const byte = bytes[at];
    if (byte !== SPACE && byte !== HTAB) return at;
  }
}

/** The field of the line, and through `value` where its value starts. */
function fieldOf(bytes: Uint8Array, words: DataView, start: number, end: number): number {
  const colon = indexOfByte(bytes, words, COLONS, start, end);
  let nameEnd = colon;
  while (nameEnd > start && bytes[nameEnd - 1] <= SPACE) nameEnd--;
  value = colon + 1;
  if (colon === end || nameEnd === start || bytes[start] <= SPACE) return NO_FIELD;
  return fieldIdAt(bytes, words, start, nameEnd);
}

/** How many of Via, From, To, Call-ID and CSeq are there. */
function mandatoryFields(): number {
  return [VIA_ID, FROM_ID, TO_ID, CALL_ID_ID, CSEQ_ID].filter((id) => starts[id] >= 0).length;
}

function putQuickValues(bytes: Uint8Array, start: number, line: StartLine, numbers: Int32Array, at: number): void {
  numbers[at + PLACE.statusCode] = line.statusCode;
  numbers[at + PLACE.methodEnd] = line.methodEnd < 0 ? 0 : line.methodEnd - start;
  const first = at + PLACE.callId;
  const after = at + PLACE.branch + 2;
  for (let i = first; i < after; i++) numbers[i] = start;
  if (starts[CALL_ID_ID] >= 0) putText(bytes, starts[CALL_ID_ID], ends[CALL_ID_ID], numbers, at + PLACE.callId);
  if (starts[CSEQ_ID] >= 0) {
    numbers[at + PLACE.cseq] = starts[CSEQ_ID];
    numbers[at + PLACE.cseq + 1] = ends[CSEQ_ID];
    putSecondWord(bytes, starts[CSEQ_ID], ends[CSEQ_ID], numbers, at + PLACE.cseqMethod);
  }
  if (starts[FROM_ID] >= 0) putTag(bytes, starts[FROM_ID], ends[FROM_ID], numbers, at + PLACE.fromTag);
  if (starts[TO_ID] >= 0) putTag(bytes, starts[TO_ID], ends[TO_ID], numbers, at + PLACE.toTag);
  if (starts[VIA_ID] >= 0) putBranch(bytes, starts[VIA_ID], ends[VIA_ID], numbers, at + PLACE.branch);
  for (let i = first; i < after; i++) numbers[i] -= start;
}

function bodyEnd(bytes: Uint8Array, bodyStart: number, end: number): number {
  if (starts[CONTENT_LENGTH_ID] < 0) return end;
  const length = quickNumber(bytes, starts[CONTENT_LENGTH_ID], ends[CONTENT_LENGTH_ID]);
  return length < 0 ? end : Math.min(end, bodyStart + length);
}
