import { decodeText } from "./text.ts";
import { wordsOf } from "./words.ts";

/** Longer texts are decoded each time: they hardly repeat. */
const LONGEST = 96;
const SLOTS = 1 << 12;
const texts: string[] = new Array<string>(SLOTS).fill("");
/** The bytes of each text, `LONGEST` apart: comparing bytes with bytes costs a third of comparing them with characters. */
const octets: Uint8Array = new Uint8Array(SLOTS * LONGEST);
const octetWords: DataView = new DataView(octets.buffer);
/** An odd number whose bits are well mixed: 2^32 divided by the golden ratio. */
const MIX = 0x9e3779b1;
/** How many bytes each text has. */
const lengths: Uint8Array = new Uint8Array(SLOTS);

/**
 * The text of `bytes[start, end)`, the same string object for the same bytes as long as it is in use: Call-IDs, tags and branches
 * come again in every message of a call. A slot holds one text and a newer one replaces it, so the memory is bounded and nothing
 * depends on what is remembered.
 */
export function internText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length <= 0) return "";
  if (length > LONGEST) return decodeText(bytes, start, end);
  const words = wordsOf(bytes);
  const slot = hash(bytes, words, start, end) & (SLOTS - 1);
  if (lengths[slot] === length && sameOctets(slot * LONGEST, bytes, words, start, length)) return texts[slot];
  const text = decodeText(bytes, start, end);
  texts[slot] = text;
  lengths[slot] = length;
  for (let i = 0; i < length; i++) octets[slot * LONGEST + i] = bytes[start + i];
  return text;
}

/** Four bytes at a time, the last four once more if need be. */
function hash(bytes: Uint8Array, words: DataView, start: number, end: number): number {
  let value = end - start;
  if (value < 4) {
    for (let i = start; i < end; i++) value = Math.imul(value ^ bytes[i], MIX);
  } else {
    const last = end - 4 + bytes.byteOffset;
    for (let i = start + bytes.byteOffset; i < last; i += 4) {
      value = Math.imul(value ^ words.getInt32(i, true), MIX) ^ (value >>> 15);
    }
    value = Math.imul(value ^ words.getInt32(last, true), MIX);
  }
  return value ^ (value >>> 15);
}

function sameOctets(at: number, bytes: Uint8Array, words: DataView, start: number, length: number): boolean {
  if (length < 4) {
    for (let i = 0; i < length; i++) if (octets[at + i] !== bytes[start + i]) return false;
    return true;
  }
  const from = start + bytes.byteOffset;
  const last = length - 4;
  for (let i = 0; i < last; i += 4) {
    if (octetWords.getInt32(at + i, true) !== words.getInt32(from + i, true)) return false;
  }
  return octetWords.getInt32(at + last, true) === words.getInt32(from + last, true);
}
