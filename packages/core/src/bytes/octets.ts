import { HTAB, SPACE } from "./ascii.ts";

/** True if `bytes[offset, end)` starts with `lowerCase`, whatever the case of its ASCII letters. */
export function startsWithIgnoringCase(bytes: Uint8Array, offset: number, end: number, lowerCase: string): boolean {
  if (end - offset < lowerCase.length) return false;
  for (let i = 0; i < lowerCase.length; i++) {
    const byte = bytes[offset + i];
    const lower = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
    if (lower !== lowerCase.charCodeAt(i)) return false;
  }
  return true;
}

/** `token` of RFC 3261 §25.1. */
export function isTokenByte(byte: number): boolean {
  return TOKEN_BYTES[byte] === 1;
}

export function isBlank(byte: number): boolean {
  return byte === SPACE || byte === HTAB;
}

const TOKEN_BYTES: Uint8Array = tokenBytes();

function tokenBytes(): Uint8Array {
  const table = new Uint8Array(256);
  for (let byte = 0x30; byte <= 0x39; byte++) table[byte] = 1;
  for (let byte = 0x41; byte <= 0x5a; byte++) table[byte] = table[byte | 0x20] = 1;
  for (const character of "-.!%*_+`'~") table[character.charCodeAt(0)] = 1;
  return table;
}
