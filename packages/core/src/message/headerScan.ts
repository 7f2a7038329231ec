import { CR, HTAB, LF, SPACE } from "../bytes/ascii.ts";
import { indexOfByte, wordsOf } from "../bytes/words.ts";
import { CALL_ID_ID, CONTENT_LENGTH_ID, CSEQ_ID, fieldIdAt, FROM_ID, NO_FIELD, TO_ID, VIA_ID } from "./fieldId.ts";

/** More header lines are not read. */
export const MOST_LINES = 1000;
/** Longer messages are not read: the offset of a line has 24 bits. */
export const LONGEST_MESSAGE: number = 2 ** 24 - 1;
/** LF and colon, four times over. */
const LINE_FEEDS = 0x0a0a0a0a;
const COLONS = 0x3a3a3a3a;
const CHUNK = 1 << 14;

/**
 * Where the header lines of the message scanned last are. A line is one number: its offset from the start of the message in the
 * lower 24 bits, the id of its field above; it ends where the next one starts. The numbers of many messages share one array, so a
 * message costs no allocation here. One object, filled again by each scan: read it at once.
 */
export interface HeaderScan {
  startLineStart: number;
  /** After the start line, without its line end. */
  startLineEnd: number;
  lines: Int32Array;
  /** Index in `lines` of the first line; one number after the last line marks the end of the header. */
  first: number;
  count: number;
  /** Offsets from here on are into the buffer. */
  bodyStart: number;
  /** False where the empty line after the header is not there. */
  complete: boolean;
  tooManyLines: boolean;
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

const scan: HeaderScan = {
  startLineStart: 0,
  startLineEnd: 0,
  lines: new Int32Array(CHUNK),
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

/**
 * Finds the lines of the header in one pass and recognises their names. Folded lines count as one. RFC 3261 §7.3.1
 *
 * @param briefly stop when To, Call-ID and CSeq have been found
 */
export function scanHeader(bytes: Uint8Array, start: number, end: number, briefly: boolean = false): HeaderScan {
  makeRoom();
  const words = wordsOf(bytes);
  scan.via = scan.from = scan.to = scan.callId = scan.cseq = scan.contentLength = -1;
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
    if (id === 0 || id > CONTENT_LENGTH_ID) continue;
    note(id, scan.value, at);
    if (briefly && scan.callId >= 0 && scan.cseq >= 0 && scan.to >= 0) break;
  }
  if (!scan.complete) lineStart = end;
  lines[first + count] = lineStart - start;
  scan.count = count;
  scan.bodyStart = at;
  return scan;
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
  scan.startLineStart = at;
  at = indexOfByte(bytes, words, LINE_FEEDS, at, end);
  scan.startLineEnd = at > scan.startLineStart && bytes[at - 1] === CR ? at - 1 : at;
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

function note(id: number, value: number, end: number): void {
  if (id === VIA_ID) {
    if (scan.via >= 0) return;
    scan.via = value;
    scan.viaEnd = end;
  } else if (id === FROM_ID) {
    if (scan.from >= 0) return;
    scan.from = value;
    scan.fromEnd = end;
  } else if (id === TO_ID) {
    if (scan.to >= 0) return;
    scan.to = value;
    scan.toEnd = end;
  } else if (id === CALL_ID_ID) {
    if (scan.callId >= 0) return;
    scan.callId = value;
    scan.callIdEnd = end;
  } else if (id === CSEQ_ID) {
    if (scan.cseq >= 0) return;
    scan.cseq = value;
    scan.cseqEnd = end;
  } else if (scan.contentLength < 0) {
    scan.contentLength = value;
    scan.contentLengthEnd = end;
  }
}
