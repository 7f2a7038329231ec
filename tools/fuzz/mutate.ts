import { joined as joinedChunks } from "../../packages/core/src/bytes/joined.ts";
import { brokenTexts, integers, numbers, words } from "./dictionary.ts";
import type { Random } from "./random.ts";

/** Changes one thing about an input; `others` are inputs to take pieces from. It may change nothing. */
export type Mutation = (bytes: Uint8Array, random: Random, others: readonly Uint8Array[]) => Uint8Array;

/** An input is cut there: larger ones are for the tests of growth. */
export const LONGEST_INPUT: number = 1 << 20;

/** Some of the `mutations`, one after the other. */
export function mutated(
  bytes: Uint8Array,
  random: Random,
  others: readonly Uint8Array[],
  mutations: readonly Mutation[],
): Uint8Array {
  let changed = bytes;
  for (let left = random.few(12); left > 0; left--) {
    changed = random.pick(mutations)(changed, random, others);
    if (changed.length > LONGEST_INPUT) changed = changed.subarray(0, LONGEST_INPUT);
  }
  // Of its own memory: what a reader looks at beyond the end of it must not be there.
  return changed === bytes ? bytes.slice() : changed;
}

/** Without knowing what the bytes are. */
export const byteMutations: readonly Mutation[] = [
  flipBit,
  flipBit,
  setByte,
  setByte,
  setInteger,
  setInteger,
  shiftInteger,
  cutOut,
  cutOut,
  cutEnd,
  repeat,
  moveWithin,
  insertOctets,
  insertWord,
  splice,
  crossOver,
];

/** For what is read as text. */
export const textMutations: readonly Mutation[] = [
  ...byteMutations,
  insertWord,
  insertWord,
  replaceNumber,
  replaceNumber,
  replaceToken,
  replaceToken,
  swapTokens,
  swapLines,
  repeatLine,
  dropLine,
  insertForeignLine,
  foldLine,
  breakText,
  changeCase,
];

function flipBit(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length === 0) return bytes;
  const changed = bytes.slice();
  changed[random.below(bytes.length)] ^= 1 << random.below(8);
  return changed;
}

function setByte(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length === 0) return bytes;
  const changed = bytes.slice();
  changed[random.below(bytes.length)] = random.isOneIn(2) ? random.below(256) : random.pick(integers) & 255;
  return changed;
}

/** Writes a length, time or type of 2 or 4 octets, in either byte order. */
function setInteger(bytes: Uint8Array, random: Random): Uint8Array {
  return withInteger(bytes, random, () => random.pick(integers));
}

/** Off by a little. */
function shiftInteger(bytes: Uint8Array, random: Random): Uint8Array {
  return withInteger(bytes, random, (value) => value + random.between(-8, 8));
}

function withInteger(bytes: Uint8Array, random: Random, value: (before: number) => number): Uint8Array {
  const width = random.isOneIn(2) ? 2 : 4;
  if (bytes.length < width) return bytes;
  const changed = bytes.slice();
  const view = new DataView(changed.buffer);
  const at = random.below(bytes.length - width + 1);
  const little = random.isOneIn(2);
  if (width === 2) view.setUint16(at, value(view.getUint16(at, little)), little);
  else view.setUint32(at, value(view.getUint32(at, little)), little);
  return changed;
}

function cutOut(bytes: Uint8Array, random: Random): Uint8Array {
  const [start, end] = range(bytes, random);
  return joined(bytes.subarray(0, start), bytes.subarray(end));
}

function cutEnd(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.slice(0, random.below(bytes.length + 1));
}

/** A piece again, now and then a thousand times. */
function repeat(bytes: Uint8Array, random: Random): Uint8Array {
  const [start, end] = range(bytes, random);
  const piece = bytes.subarray(start, end);
  const times = random.isOneIn(20) ? random.between(64, 1024) : random.few(16);
  if (piece.length * times > LONGEST_INPUT / 4) return bytes;
  return joined(bytes.subarray(0, end), ...Array.from({ length: times }, () => piece), bytes.subarray(end));
}

function moveWithin(bytes: Uint8Array, random: Random): Uint8Array {
  const [start, end] = range(bytes, random);
  const rest = joined(bytes.subarray(0, start), bytes.subarray(end));
  return inserted(rest, random.below(rest.length + 1), bytes.subarray(start, end));
}

function insertOctets(bytes: Uint8Array, random: Random): Uint8Array {
  const octets = new Uint8Array(random.few(8));
  const value = random.isOneIn(2) ? random.below(256) : -1;
  for (let i = 0; i < octets.length; i++) octets[i] = value < 0 ? random.below(256) : value;
  return inserted(bytes, random.below(bytes.length + 1), octets);
}

function insertWord(bytes: Uint8Array, random: Random): Uint8Array {
  return inserted(bytes, random.below(bytes.length + 1), random.pick(words));
}

/** A piece of another input, in place of one of this or beside it. */
function splice(bytes: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array {
  const other = random.pick(others);
  const [from, to] = range(other, random);
  const [start, end] = range(bytes, random);
  return joined(bytes.subarray(0, start), other.subarray(from, to), bytes.subarray(random.isOneIn(2) ? start : end));
}

/** The beginning of this and the end of another. */
function crossOver(bytes: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array {
  const other = random.pick(others);
  return joined(bytes.subarray(0, random.below(bytes.length + 1)), other.subarray(random.below(other.length + 1)));
}

function replaceNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const found = runFrom(bytes, random.below(bytes.length + 1), isDigit);
  return found === undefined ? bytes : replaced(bytes, found, random.pick(numbers));
}

function replaceToken(bytes: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array {
  const found = runFrom(bytes, random.below(bytes.length + 1), isTokenOctet);
  if (found === undefined) return bytes;
  if (random.isOneIn(2)) return replaced(bytes, found, random.pick(words));
  const other = random.pick(others);
  const foreign = runFrom(other, random.below(other.length + 1), isTokenOctet);
  return foreign === undefined ? bytes : replaced(bytes, found, other.subarray(foreign[0], foreign[1]));
}

function swapTokens(bytes: Uint8Array, random: Random): Uint8Array {
  const first = runFrom(bytes, random.below(bytes.length + 1), isTokenOctet);
  const second = runFrom(bytes, random.below(bytes.length + 1), isTokenOctet);
  if (first === undefined || second === undefined || first[1] > second[0]) return bytes;
  return joined(
    bytes.subarray(0, first[0]),
    bytes.subarray(second[0], second[1]),
    bytes.subarray(first[1], second[0]),
    bytes.subarray(first[0], first[1]),
    bytes.subarray(second[1]),
  );
}

function swapLines(bytes: Uint8Array, random: Random): Uint8Array {
  const first = lineAt(bytes, random.below(bytes.length + 1));
  const second = lineAt(bytes, random.below(bytes.length + 1));
  if (first[1] > second[0]) return bytes;
  return joined(
    bytes.subarray(0, first[0]),
    bytes.subarray(second[0], second[1]),
    bytes.subarray(first[1], second[0]),
    bytes.subarray(first[0], first[1]),
    bytes.subarray(second[1]),
  );
}

function repeatLine(bytes: Uint8Array, random: Random): Uint8Array {
  const [start, end] = lineAt(bytes, random.below(bytes.length + 1));
  const times = random.isOneIn(20) ? random.between(64, 1200) : random.few(8);
  if ((end - start) * times > LONGEST_INPUT / 4) return bytes;
  const line = bytes.subarray(start, end);
  return joined(bytes.subarray(0, end), ...Array.from({ length: times }, () => line), bytes.subarray(end));
}

function dropLine(bytes: Uint8Array, random: Random): Uint8Array {
  return replaced(bytes, lineAt(bytes, random.below(bytes.length + 1)), NOTHING);
}

function insertForeignLine(bytes: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array {
  const other = random.pick(others);
  const [start, end] = lineAt(other, random.below(other.length + 1));
  return inserted(bytes, lineAt(bytes, random.below(bytes.length + 1))[0], other.subarray(start, end));
}

function foldLine(bytes: Uint8Array, random: Random): Uint8Array {
  return inserted(bytes, random.below(bytes.length + 1), FOLD);
}

function breakText(bytes: Uint8Array, random: Random): Uint8Array {
  return inserted(bytes, random.below(bytes.length + 1), random.pick(brokenTexts));
}

function changeCase(bytes: Uint8Array, random: Random): Uint8Array {
  const found = runFrom(bytes, random.below(bytes.length + 1), isTokenOctet);
  if (found === undefined) return bytes;
  const changed = bytes.slice();
  for (let i = found[0]; i < found[1]; i++) if (changed[i] >= 0x41) changed[i] ^= 0x20;
  return changed;
}

/** Start and end of a piece; short more often than long. */
export function range(bytes: Uint8Array, random: Random): readonly [number, number] {
  const start = random.below(bytes.length + 1);
  const longest = random.isOneIn(4) ? bytes.length - start : Math.min(bytes.length - start, 32);
  return [start, start + random.below(longest + 1)];
}

/** The run of octets that fit round `at` or behind it. */
function runFrom(
  bytes: Uint8Array,
  at: number,
  fits: (octet: number) => boolean,
): readonly [number, number] | undefined {
  let start = at;
  while (start > 0 && fits(bytes[start - 1])) start--;
  while (start < bytes.length && !fits(bytes[start])) start++;
  let end = start;
  while (end < bytes.length && fits(bytes[end])) end++;
  return start === end ? undefined : [start, end];
}

/** With its line end. */
function lineAt(bytes: Uint8Array, at: number): readonly [number, number] {
  const start = at === 0 ? 0 : bytes.lastIndexOf(LF, at - 1) + 1;
  const end = bytes.indexOf(LF, at);
  return [start, end < 0 ? bytes.length : end + 1];
}

function replaced(bytes: Uint8Array, [start, end]: readonly [number, number], by: Uint8Array): Uint8Array {
  return joined(bytes.subarray(0, start), by, bytes.subarray(end));
}

function inserted(bytes: Uint8Array, at: number, piece: Uint8Array): Uint8Array {
  return joined(bytes.subarray(0, at), piece, bytes.subarray(at));
}

export function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  return joinedChunks(pieces);
}

function isDigit(octet: number): boolean {
  return octet >= 0x30 && octet <= 0x39;
}

function isTokenOctet(octet: number): boolean {
  return tokenOctets[octet] === 1;
}

const tokenOctets: Uint8Array = new Uint8Array(256);
for (const octet of new TextEncoder().encode(
  "-.!%*_+`'~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
)) {
  tokenOctets[octet] = 1;
}
const LF = 0x0a;
const NOTHING: Uint8Array = new Uint8Array(0);
const FOLD: Uint8Array = new TextEncoder().encode("\r\n ");
