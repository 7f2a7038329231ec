import { BACKSLASH, COMMA, EQUAL, GREATER, isSpace, LESS, QUOTE, SEMICOLON } from "../bytes/ascii.ts";
import { internText } from "../bytes/intern.ts";

// What every message is asked for, found in the bytes of a field value without decoding the field. A `put` function writes where it starts
// and ends into numbers[at] and numbers[at + 1], and nothing where there is none.

const TAG: Uint8Array = new TextEncoder().encode("tag");
const BRANCH: Uint8Array = new TextEncoder().encode("branch");
/** 1 for what is looked at between parameters. */
const special: Uint8Array = new Uint8Array(256);
/** 1 for what ends the value of a parameter. */
const ending: Uint8Array = new Uint8Array(256).fill(1, 0, 33);
for (const code of [SEMICOLON, COMMA]) ending[code] = 1;
for (const code of [QUOTE, COMMA, SEMICOLON, LESS, GREATER]) special[code] = 1;

/** The value without the white space around it. */
export function putText(bytes: Uint8Array, start: number, end: number, numbers: Int32Array, at: number): void {
  const from = skip(bytes, start, end);
  put(from, trim(bytes, from, end), numbers, at);
}

/** The tag of a From or To. RFC 3261 §19.3 */
export function putTag(bytes: Uint8Array, start: number, end: number, numbers: Int32Array, at: number): void {
  const last = trim(bytes, start, end);
  let i = last - 1;
  while (i >= start && special[bytes[i]] === 0) i--;
  if (i >= start && bytes[i] === SEMICOLON) {
    // Nothing after this semicolon closes a quote or bracket, so it stands outside of both.
    const after = nameEnd(bytes, i + 1, last, TAG);
    if (after > 0 && after < last && bytes[after] > 32) return put(after, last, numbers, at);
  }
  putParam(bytes, start, last, TAG, false, numbers, at);
}

/** The branch of the first Via value. RFC 3261 §8.1.1.7 */
export function putBranch(bytes: Uint8Array, start: number, end: number, numbers: Int32Array, at: number): void {
  putParam(bytes, start, end, BRANCH, true, numbers, at);
}

const span: Int32Array = new Int32Array(2);

/** The branch of the first Via value, or `""`. */
export function quickBranch(bytes: Uint8Array, start: number, end: number): string {
  span[0] = span[1] = start;
  putBranch(bytes, start, end, span, 0);
  return internText(bytes, span[0], span[1]);
}

/** The word after the first one. */
export function putSecondWord(bytes: Uint8Array, start: number, end: number, numbers: Int32Array, at: number): void {
  let i = skip(bytes, start, end);
  while (i < end && !isSpace(bytes[i])) i++;
  putToken(bytes, skip(bytes, i, end), end, numbers, at);
}

/**
 * The value of a parameter in bytes[start, end), outside quotes and brackets. Only in the first of several values if `firstOnly`.
 */
function putParam(
  bytes: Uint8Array,
  start: number,
  end: number,
  name: Uint8Array,
  firstOnly: boolean,
  numbers: Int32Array,
  at: number,
): void {
  let i = start;
  for (;;) {
    while (i < end && special[bytes[i]] === 0) i++;
    if (i >= end) return;
    const byte = bytes[i];
    if (byte === SEMICOLON) {
      i = skip(bytes, i + 1, end);
      const after = nameEnd(bytes, i, end, name);
      if (after > 0) return putToken(bytes, skip(bytes, after, end), end, numbers, at);
      continue;
    }
    if (byte === COMMA && firstOnly) return;
    if (byte === QUOTE) i = closing(bytes, i, end, QUOTE);
    else if (byte === LESS) i = closing(bytes, i, end, GREATER);
    i++;
  }
}

/** The number at the start of the value, or -1. */
export function quickNumber(bytes: Uint8Array, start: number, end: number): number {
  let i = skip(bytes, start, end);
  if (i === end || bytes[i] < 48 || bytes[i] > 57) return -1;
  let number = 0;
  for (; i < end && bytes[i] >= 48 && bytes[i] <= 57; i++) number = number * 10 + (bytes[i] - 48);
  return number;
}

/** Index after `name` and the `=` that follows, or -1. */
function nameEnd(bytes: Uint8Array, start: number, end: number, name: Uint8Array): number {
  if (start + name.length > end) return -1;
  for (let i = 0; i < name.length; i++) {
    if ((bytes[start + i] | 32) !== name[i]) return -1;
  }
  const after = skip(bytes, start + name.length, end);
  return bytes[after] === EQUAL && after < end ? after + 1 : -1;
}

/** Up to white space or a separator of values or parameters. */
function putToken(bytes: Uint8Array, start: number, end: number, numbers: Int32Array, at: number): void {
  let i = start;
  while (i < end && ending[bytes[i]] === 0) i++;
  put(start, i, numbers, at);
}

function put(start: number, end: number, numbers: Int32Array, at: number): void {
  numbers[at] = start;
  numbers[at + 1] = end;
}

/** Index of the closing quote or bracket; the end where it is never closed. */
function closing(bytes: Uint8Array, start: number, end: number, closer: number): number {
  for (let i = start + 1; i < end; i++) {
    if (bytes[i] === BACKSLASH && closer === QUOTE) i++;
    else if (bytes[i] === closer) return i;
  }
  return end;
}

function skip(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && isSpace(bytes[i])) i++;
  return i;
}

function trim(bytes: Uint8Array, start: number, end: number): number {
  let i = end;
  while (i > start && isSpace(bytes[i - 1])) i--;
  return i;
}
