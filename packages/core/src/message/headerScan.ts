import { CR, HTAB, LF, SPACE } from "../bytes/ascii.ts";
import { indexOfByte, wordsOf } from "../bytes/words.ts";
import type { HeaderLines } from "../network/headerLines.ts";
import { CALL_ID_ID, CONTENT_LENGTH_ID, CSEQ_ID, fieldIdAt, FROM_ID, NO_FIELD, TO_ID, VIA_ID } from "./fieldId.ts";

/** More header lines are not read. */
export const MOST_LINES = 1000;
/** Longer messages are not read: the offset of a line has 24 bits. */
export const LONGEST_MESSAGE: number = 2 ** 24 - 1;
/** Of a line's number. */
export const LINE_OFFSET = 0xffffff;
/** LF and colon, four times over. */
const LINE_FEEDS = 0x0a0a0a0a;
const COLONS = 0x3a3a3a3a;
const CHUNK = 1 << 14;

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The header lines of the message scanned last. The numbers of many messages share one array, so a message costs no allocation here. One
 * object, filled again by each scan: read it at once. Its own offsets are into the buffer.
 */
export interface HeaderScan extends Mutable<HeaderLines> {
  /** Start and end of the value of the first Via, From …; -1 where there is none. */
  via: number;
  viaEnd: number;
  from: number;
  fromEnd: number;
  to: number;
  toEnd: number;
  callId: number;
  callIdEnd: number;
  cseq: number;
  cseqEnd: number;
  contentLength: number;
  contentLengthEnd: number;
  /** Where the value of the line scanned last starts. */
  value: number;
}

const scan: HeaderScan = emptyScan(new Int32Array(CHUNK));
const recalled: HeaderScan = emptyScan(scan.lines);

function emptyScan(lines: Int32Array): HeaderScan {
  return {
    startLineStart: 0,
    startLineEnd: 0,
    lines,
    first: 0,
    count: 0,
    bodyStart: 0,
    complete: false,
    tooManyLines: false,
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
    value: 0,
  };
}

/** Finds the lines of the header in one pass and recognises their names. Folded lines count as one. RFC 3261 §7.3.1 */
export function scanHeader(bytes: Uint8Array, start: number, end: number): HeaderScan {
  makeRoom();
  const words = wordsOf(bytes);
  forgetValues(scan);
  let at = scanStartLine(bytes, words, start, end);
  const { lines, first } = scan;
  let count = 0;
  let lineStart = at;
  scan.complete = false;
  scan.tooManyLines = false;
  while (at < end) {
    lineStart = at;
    const byte = bytes[at];
    if (byte === LF || (byte === CR && at + 1 < end && bytes[at + 1] === LF)) {
      scan.complete = true;
      at += byte === LF ? 1 : 2;
      break;
    }
    at = lineEnd(bytes, words, at, end);
    const id = fieldOf(bytes, words, lineStart, at);
    if (count === MOST_LINES) {
      scan.tooManyLines = true;
      continue;
    }
    lines[first + count++] = (id << 24) | (lineStart - start);
    if (id !== 0 && id <= CONTENT_LENGTH_ID) note(scan, id, scan.value, at);
  }
  if (!scan.complete) lineStart = end;
  lines[first + count] = lineStart - start;
  scan.count = count;
  scan.bodyStart = at - start;
  return scan;
}

/** The same of a message whose lines were found before; they stay where they are. */
export function recallHeader(bytes: Uint8Array, start: number, header: HeaderLines): HeaderScan {
  const words = wordsOf(bytes);
  const { lines, first, count } = header;
  copyHeader(header, recalled);
  forgetValues(recalled);
  for (let i = first; i < first + count; i++) {
    const id = lines[i] >>> 24;
    if (id === 0 || id > CONTENT_LENGTH_ID) continue;
    const end = start + (lines[i + 1] & LINE_OFFSET);
    note(recalled, id, indexOfByte(bytes, words, COLONS, start + (lines[i] & LINE_OFFSET), end) + 1, end);
  }
  return recalled;
}

export function copyHeader(from: HeaderLines, to: Mutable<HeaderLines>): void {
  to.lines = from.lines;
  to.first = from.first;
  to.count = from.count;
  to.startLineStart = from.startLineStart;
  to.startLineEnd = from.startLineEnd;
  to.bodyStart = from.bodyStart;
  to.complete = from.complete;
  to.tooManyLines = from.tooManyLines;
}

/** Keeps the lines of the message scanned last; without it the next scan writes over them. */
export function keepLines(): void {
  scan.first += scan.count + 1;
}

function makeRoom(): void {
  if (scan.first + MOST_LINES + 1 <= scan.lines.length) return;
  scan.lines = new Int32Array(CHUNK);
  scan.first = 0;
}

/** Skips empty lines before the message (RFC 3261 §7.5) and returns the index after the start line. */
function scanStartLine(bytes: Uint8Array, words: DataView, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === CR || bytes[at] === LF)) at++;
  const lineStart = at;
  at = indexOfByte(bytes, words, LINE_FEEDS, at, end);
  scan.startLineStart = lineStart - start;
  scan.startLineEnd = (at > lineStart && bytes[at - 1] === CR ? at - 1 : at) - start;
  return Math.min(at + 1, end);
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

/** The field of the line, and through `scan.value` where its value starts. */
function fieldOf(bytes: Uint8Array, words: DataView, start: number, end: number): number {
  const colon = indexOfByte(bytes, words, COLONS, start, end);
  let nameEnd = colon;
  while (nameEnd > start && bytes[nameEnd - 1] <= SPACE) nameEnd--;
  scan.value = colon + 1;
  if (colon === end || nameEnd === start || bytes[start] <= SPACE) return NO_FIELD;
  return fieldIdAt(bytes, words, start, nameEnd);
}

function forgetValues(into: HeaderScan): void {
  into.via = into.from = into.to = into.callId = into.cseq = into.contentLength = -1;
}

function note(into: HeaderScan, id: number, value: number, end: number): void {
  if (id === VIA_ID) {
    if (into.via >= 0) return;
    into.via = value;
    into.viaEnd = end;
  } else if (id === FROM_ID) {
    if (into.from >= 0) return;
    into.from = value;
    into.fromEnd = end;
  } else if (id === TO_ID) {
    if (into.to >= 0) return;
    into.to = value;
    into.toEnd = end;
  } else if (id === CALL_ID_ID) {
    if (into.callId >= 0) return;
    into.callId = value;
    into.callIdEnd = end;
  } else if (id === CSEQ_ID) {
    if (into.cseq >= 0) return;
    into.cseq = value;
    into.cseqEnd = end;
  } else if (into.contentLength < 0) {
    into.contentLength = value;
    into.contentLengthEnd = end;
  }
}
