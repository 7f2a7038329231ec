import { EQUAL, QUOTE, SEMICOLON } from "../bytes/ascii.ts";
import { isQuotedString, unquote } from "./quotedString.ts";
import { indexOutside, splitOutside } from "./splitOutside.ts";
import { isToken, skipSpace, trimEnd } from "./token.ts";

/** Parameters by lower-case name; a quoted value without its quotes, `""` for a parameter without value. */
export type Params = ReadonlyMap<string, string>;

const NONE: Params = new Map();
/** More are not read. */
const MOST = 256;

/** Reads `a=b;c` (with or without a leading `;`). The first of two with one name wins. RFC 3261 §25.1 generic-param */
export function parseParams(text: string, separator: number = SEMICOLON): Params {
  if (text === "") return NONE;
  const params = new Map<string, string>();
  for (const piece of splitOutside(text, separator)) {
    if (piece === "" || params.size >= MOST) continue;
    const equal = piece.indexOf("=");
    const nameEnd = trimEnd(piece, 0, equal < 0 ? piece.length : equal);
    const name = piece.slice(0, nameEnd).toLowerCase();
    if (name === "" || params.has(name)) continue;
    params.set(name, equal < 0 ? "" : unquote(piece.slice(skipSpace(piece, equal + 1))));
  }
  return params.size === 0 ? NONE : params;
}

/** True where `text` is empty or `;name`, `;name=value` again and again; a value is a token, host or quoted string. */
export function areParams(text: string): boolean {
  if (text === "") return true;
  if (text.charCodeAt(0) !== SEMICOLON) return false;
  return splitOutside(text.slice(1), SEMICOLON).every(isParam);
}

/** `name`, or `name = value`. RFC 3261 §25.1 generic-param */
export function isParam(piece: string): boolean {
  const equal = indexOutside(piece, EQUAL, 0);
  if (equal < 0) return isToken(piece);
  if (!isToken(piece.slice(0, trimEnd(piece, 0, equal)))) return false;
  const value = piece.slice(skipSpace(piece, equal + 1));
  if (value.charCodeAt(0) === QUOTE) return isQuotedString(value);
  return isToken(value) || isHostValue(value);
}

/** A bare or bracketed IPv6 address as a value, as in Via received. RFC 5118 §4.5 */
function isHostValue(value: string): boolean {
  const address = value.startsWith("[") && value.endsWith("]") ? value.slice(1, -1) : value;
  let colons = 0;
  for (const char of address) {
    if (char === ":") colons++;
    else if (!"0123456789abcdefABCDEF.".includes(char)) return false;
  }
  return colons > 1;
}

/** A parameter that must be a whole number; `undefined` where it is absent or something else. */
export function numberParam(params: Params, name: string): number | undefined {
  return parseNumber(params.get(name) ?? "");
}

/** Digits only; `undefined` for anything else. Large values lose precision, not their size. */
export function parseNumber(text: string): number | undefined {
  if (text === "") return undefined;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return undefined;
  }
  return Number(text);
}
