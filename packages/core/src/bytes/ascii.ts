/** Octets by name, and the classes of RFC 3261 §25.1 that are needed on bytes and on UTF-16 code units alike. */
export const HTAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const QUOTE = 34;
export const COMMA = 44;
export const COLON = 58;
export const SEMICOLON = 59;
export const LESS = 60;
export const EQUAL = 61;
export const GREATER = 62;
export const BACKSLASH = 92;

/** Space, tab, CR or LF: inside a field value the last two are part of a fold. RFC 3261 §7.3.1 */
export function isSpace(code: number): boolean {
  return code === SPACE || code === HTAB || code === CR || code === LF;
}

export function isBlank(code: number): boolean {
  return code === SPACE || code === HTAB;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

export function isHexDigit(code: number): boolean {
  return hexValue(code) >= 0;
}

/** 0 to 15, or -1. */
export function hexValue(code: number): number {
  if (isDigit(code)) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** A character of a `token`. RFC 3261 §25.1 */
export function isTokenCode(code: number): boolean {
  return code < 128 && TOKEN[code] === 1;
}

const TOKEN: Uint8Array = lettersDigitsAnd("-.!%*_+`'~");

/** 1 for letters, digits and these, by code up to 127. */
export function lettersDigitsAnd(extra: string): Uint8Array {
  const allowed = new Uint8Array(128);
  for (let code = 0; code < 128; code++) {
    allowed[code] = isLetter(code) || isDigit(code) || extra.includes(String.fromCharCode(code)) ? 1 : 0;
  }
  return allowed;
}
