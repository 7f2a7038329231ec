import { BACKSLASH, QUOTE } from "../bytes/ascii.ts";

/** Index after the closing quote of the quoted string that starts at `start`; -1 where it is never closed. RFC 3261 §25.1 */
export function quotedStringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) i++;
    else if (code === QUOTE) return i + 1;
  }
  return -1;
}

/** The content of a quoted string, without its escapes; any other text as it is. */
export function unquote(text: string): string {
  if (text.length < 2 || text.charCodeAt(0) !== QUOTE || text.charCodeAt(text.length - 1) !== QUOTE) return text;
  const content = text.slice(1, -1);
  if (!content.includes("\\")) return content;
  let plain = "";
  for (let i = 0; i < content.length; i++) {
    if (content.charCodeAt(i) === BACKSLASH && i + 1 < content.length) i++;
    plain += content[i];
  }
  return plain;
}

/** True for exactly one quoted string. */
export function isQuotedString(text: string): boolean {
  return text.charCodeAt(0) === QUOTE && quotedStringEnd(text, 0) === text.length;
}
