import { CR, HTAB, LF, SPACE } from "../bytes/ascii.ts";
import { indexOfByte, wordsOf } from "../bytes/words.ts";
import { COMPLETE, PLACE, RESPONSE, TOO_MANY_LINES } from "../network/messageIndex.ts";
import { CALL_ID_ID, CONTENT_LENGTH_ID, CSEQ_ID, fieldIdAt, FROM_ID, NO_FIELD, TO_ID, VIA_ID } from "./fieldId.ts";
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

/** Start and end of the value of the first Via, From … of the message indexed last; -1 where there is none. Offsets into the buffer. */
const values = {
  via: -1,
  viaEnd: -1,
  from: -1,
  fromEnd: -1,
  to: -1,
  toEnd: -1,
  callId: -1,
  callIdEnd: -1,
  cseq: -1,
  cseqEnd: -1,
  contentLength: -1,
  contentLengthEnd: -1,
};
/** Where the value of the line looked at last starts. */
let value = 0;

/**
 * Finds in one pass the lines of the header, their names, and what every message is asked for; writes it into `numbers` from `at` on, as
 * `MessageIndex` says. False where it is no SIP at all. Folded lines count as one. RFC 3261 §7.3.1
 */
export function indexMessage(
  bytes: Uint8Array,
  start: number,
  packetEnd: number,
  numbers: Int32Array,
  at: number,
): boolean {
  const end = Math.min(packetEnd, start + LONGEST_MESSAGE);
  const words = wordsOf(bytes);
  const headerStart = putStartLine(bytes, words, start, end, numbers, at);
  const startLineStart = start + numbers[at + PLACE.startLine];
  const line = readStartLine(bytes, startLineStart, start + numbers[at + PLACE.startLine + 1]);
  if (line.kind === "none") return false;
  const bodyStart = putLines(bytes, words, start, headerStart, end, numbers, at);
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
): number {
  forgetValues();
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
    if (id !== 0 && id <= CONTENT_LENGTH_ID) note(id, next);
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

function forgetValues(): void {
  values.via = values.from = values.to = values.callId = values.cseq = values.contentLength = -1;
}

function note(id: number, end: number): void {
  if (id === VIA_ID) {
    if (values.via >= 0) return;
    values.via = value;
    values.viaEnd = end;
  } else if (id === FROM_ID) {
    if (values.from >= 0) return;
    values.from = value;
    values.fromEnd = end;
  } else if (id === TO_ID) {
    if (values.to >= 0) return;
    values.to = value;
    values.toEnd = end;
  } else if (id === CALL_ID_ID) {
    if (values.callId >= 0) return;
    values.callId = value;
    values.callIdEnd = end;
  } else if (id === CSEQ_ID) {
    if (values.cseq >= 0) return;
    values.cseq = value;
    values.cseqEnd = end;
  } else if (values.contentLength < 0) {
    values.contentLength = value;
    values.contentLengthEnd = end;
  }
}

/** How many of Via, From, To, Call-ID and CSeq are there. */
function mandatoryFields(): number {
  const { via, from, to, callId, cseq } = values;
  return [via, from, to, callId, cseq].filter((each) => each >= 0).length;
}

function putQuickValues(bytes: Uint8Array, start: number, line: StartLine, numbers: Int32Array, at: number): void {
  numbers[at + PLACE.statusCode] = line.statusCode;
  numbers[at + PLACE.methodEnd] = line.methodEnd < 0 ? 0 : line.methodEnd - start;
  numbers.fill(0, at + PLACE.callId, at + PLACE.branch + 2);
  if (values.callId >= 0) putText(bytes, values.callId, values.callIdEnd, start, numbers, at + PLACE.callId);
  if (values.cseq >= 0) {
    numbers[at + PLACE.cseq] = values.cseq - start;
    numbers[at + PLACE.cseq + 1] = values.cseqEnd - start;
    putSecondWord(bytes, values.cseq, values.cseqEnd, start, numbers, at + PLACE.cseqMethod);
  }
  if (values.from >= 0) putTag(bytes, values.from, values.fromEnd, start, numbers, at + PLACE.fromTag);
  if (values.to >= 0) putTag(bytes, values.to, values.toEnd, start, numbers, at + PLACE.toTag);
  if (values.via >= 0) putBranch(bytes, values.via, values.viaEnd, start, numbers, at + PLACE.branch);
}

function bodyEnd(bytes: Uint8Array, bodyStart: number, end: number): number {
  if (values.contentLength < 0) return end;
  const length = quickNumber(bytes, values.contentLength, values.contentLengthEnd);
  return length < 0 ? end : Math.min(end, bodyStart + length);
}
