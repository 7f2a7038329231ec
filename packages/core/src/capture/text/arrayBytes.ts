import { COMMA, hexValue, SPACE } from "../../bytes/ascii.ts";

const MOST_BYTES = 64;

/** The bytes in a line of a C array, `0x0a, 0x09, 0x00, 0x14,` and a comment; undefined for any other line. */
export function arrayBytes(line: string): readonly number[] | undefined {
  let at = 0;
  while (line.charCodeAt(at) === SPACE) at++;
  const bytes: number[] = [];
  while (line.startsWith("0x", at) && bytes.length < MOST_BYTES) {
    const [high, low] = [hexValue(line.charCodeAt(at + 2)), hexValue(line.charCodeAt(at + 3))];
    if (high < 0 || low < 0) return undefined;
    bytes.push(high * 16 + low);
    at += 4;
    if (line.charCodeAt(at) === COMMA) at++;
    while (line.charCodeAt(at) === SPACE) at++;
  }
  const isEnd = at === line.length || line.startsWith("/*", at) || line.startsWith("}", at);
  return bytes.length === 0 || !isEnd ? undefined : bytes;
}
