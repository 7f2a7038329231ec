import { GREATER, LESS, QUOTE } from "../bytes/ascii.ts";
import { quotedStringEnd } from "./quotedString.ts";
import { skipSpace, trimEnd } from "./token.ts";

/** The trimmed pieces of `text` between separators that stand neither in a quoted string nor between `<` and `>`. */
export function splitOutside(text: string, separator: number): string[] {
  const pieces: string[] = [];
  let start = 0;
  scanOutside(text, 0, (code, i) => {
    if (code !== separator) return false;
    pieces.push(trimmed(text, start, i));
    start = i + 1;
    return false;
  });
  pieces.push(trimmed(text, start, text.length));
  return pieces;
}

/** Index of the first `wanted` character from `start` on that stands neither in a quoted string nor in brackets, or -1. */
export function indexOutside(text: string, wanted: number, start: number): number {
  return scanOutside(text, start, (code) => code === wanted);
}

/**
 * Shows each character that stands neither in a quoted string nor between `<` and `>`, and each `<` itself, until `stop` says so;
 * returns where that was, or -1. A quote or bracket that is never closed hides nothing.
 */
function scanOutside(text: string, start: number, stop: (code: number, index: number) => boolean): number {
  let quotesClose = true;
  let bracketsClose = true;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (stop(code, i)) return i;
    if (code === QUOTE && quotesClose) {
      const end = quotedStringEnd(text, i);
      quotesClose = end > 0;
      if (quotesClose) i = end - 1;
    } else if (code === LESS && bracketsClose) {
      const end = bracketEnd(text, i);
      bracketsClose = end > 0;
      if (bracketsClose) i = end;
    }
  }
  return -1;
}

/** Index of the `>` that closes the bracket at `start`, or -1. */
function bracketEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text.charCodeAt(i) === GREATER) return i;
  }
  return -1;
}

function trimmed(text: string, start: number, end: number): string {
  const from = Math.min(skipSpace(text, start), end);
  return text.slice(from, trimEnd(text, from, end));
}
