import { isBlank, isTokenCode, lettersDigitsAnd } from "../bytes/ascii.ts";

/** `word`, of which a Call-ID consists. RFC 3261 §25.1 */
const WORD: Uint8Array = lettersDigitsAnd("-.!%*_+`'~()<>:\\\"/[]?{}");

export function isToken(text: string): boolean {
  return text !== "" && tokenEnd(text, 0) === text.length;
}

export function isWord(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || WORD[code] === 0) return false;
  }
  return text !== "";
}

/** Index after the token that starts at `start`; `start` where there is none. */
export function tokenEnd(text: string, start: number): number {
  let i = start;
  while (i < text.length && isTokenCode(text.charCodeAt(i))) i++;
  return i;
}

/** Index of the first character from `start` on that is no white space. */
export function skipSpace(text: string, start: number): number {
  let i = start;
  while (i < text.length && isBlank(text.charCodeAt(i))) i++;
  return i;
}

/** Index after the last character before `end` that is no white space. */
export function trimEnd(text: string, start: number, end: number): number {
  let i = end;
  while (i > start && isBlank(text.charCodeAt(i - 1))) i--;
  return i;
}
