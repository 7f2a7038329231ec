import { GREATER, LESS, QUOTE } from "../bytes/ascii.ts";
import { quotedStringEnd } from "./quotedString.ts";
import { skipSpace, trimEnd } from "./token.ts";

/** The trimmed pieces of `text` between separators that stand neither in a quoted string nor between `<` and `>`. */
export function splitOutside(text: string, separator: number): string[] {
  const character = String.fromCharCode(separator);
  if (!text.includes(character)) return [trimmed(text, 0, text.length)];
  if (!hides(text, 0, text.length)) return splitEverywhere(text, character);
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
  const first = text.indexOf(String.fromCharCode(wanted), start);
  if (first < 0 || !hides(text, start, first)) return first;
  return scanOutside(text, start, (code) => code === wanted);
}

/** True where there is a quote or bracket in text[start, end). Most texts have none, and native search is fast. */
function hides(text: string, start: number, end: number): boolean {
  return isBefore(text.indexOf('"', start), end) || isBefore(text.indexOf("<", start), end);
}

function isBefore(index: number, end: number): boolean {
  return index >= 0 && index < end;
}

function splitEverywhere(text: string, character: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let end = text.indexOf(character); end >= 0; end = text.indexOf(character, start)) {
    pieces.push(trimmed(text, start, end));
    start = end + 1;
  }
  pieces.push(trimmed(text, start, text.length));
  return pieces;
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
