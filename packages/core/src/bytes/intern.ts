import { decodeText } from "./text.ts";

/** Longer texts are decoded each time: they hardly repeat. */
const LONGEST = 160;
const SLOTS = 1 << 12;
const slots: string[] = new Array<string>(SLOTS).fill("");

/**
 * The text of `bytes[start, end)`, the same string object for the same bytes as long as it is in use: Call-IDs, tags and branches
 * come again in every message of a call. A slot holds one text and a newer one replaces it, so the memory is bounded and nothing
 * depends on what is remembered.
 */
export function internText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length <= 0) return "";
  if (length > LONGEST) return decodeText(bytes, start, end);
  const slot = hash(bytes, start, end) & (SLOTS - 1);
  const known = slots[slot];
  if (known.length === length && sameText(known, bytes, start)) return known;
  const text = decodeText(bytes, start, end);
  slots[slot] = text;
  return text;
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = end - start;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const word = bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    value = Math.imul(value ^ word, 0x9e3779b1);
    value ^= value >>> 15;
  }
  for (; i < end; i++) value = Math.imul(value ^ bytes[i], 0x01000193);
  return value ^ (value >>> 13);
}

function sameText(text: string, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) !== bytes[start + i]) return false;
  }
  return true;
}
