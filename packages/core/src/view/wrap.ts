import { columnsOf, columnsOfCodePoint } from "./columns.ts";

/**
 * Breaks text into lines of at most `columns` columns: at spaces, between wide characters (Chinese and Japanese have no spaces), and
 * inside a word only when the word alone is wider than a line.
 */
export function wrap(text: string, columns: number): string[] {
  const limit = Math.max(2, columns);
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const unit of units(text)) {
    const width = columnsOf(unit);
    if (used + columnsOf(unit.trimEnd()) > limit && used > 0) {
      lines.push(line.trimEnd());
      line = "";
      used = 0;
    }
    if (width > limit) {
      const pieces = split(unit, limit);
      line = pieces.pop() ?? "";
      lines.push(...pieces);
      used = columnsOf(line);
      continue;
    }
    line += unit;
    used += width;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** What must stay together: a word with the spaces after it, or one wide character with its punctuation. */
function units(text: string): string[] {
  const result: string[] = [];
  let start = 0;
  let previous = 0;
  let index = 0;
  while (index < text.length) {
    const codePoint = text.codePointAt(index) as number;
    if (index > start && mayBreakBetween(previous, codePoint)) {
      result.push(text.slice(start, index));
      start = index;
    }
    previous = codePoint;
    index += codePoint > 0xffff ? 2 : 1;
  }
  if (start < text.length) result.push(text.slice(start));
  return result;
}

function mayBreakBetween(before: number, after: number): boolean {
  if (after === space) return false;
  if (before === space) return true;
  if (before < 0x1100 && after < 0x1100) return false;
  if (columnsOfCodePoint(before) !== 2 && columnsOfCodePoint(after) !== 2) return false;
  if (isHangul(before) || isHangul(after)) return false;
  return !neverFirst.has(after) && !neverLast.has(before) && columnsOfCodePoint(after) !== 0;
}

/** Korean is written with spaces, and breaks there. */
function isHangul(codePoint: number): boolean {
  return (
    (codePoint >= 0x1100 && codePoint <= 0x11ff) ||
    (codePoint >= 0x3130 && codePoint <= 0x318f) ||
    (codePoint >= 0xac00 && codePoint <= 0xd7af)
  );
}

function split(word: string, columns: number): string[] {
  const pieces: string[] = [];
  let start = 0;
  let used = 0;
  for (let index = 0; index < word.length;) {
    const codePoint = word.codePointAt(index) as number;
    const width = columnsOfCodePoint(codePoint);
    if (used + width > columns) {
      pieces.push(word.slice(start, index));
      start = index;
      used = 0;
    }
    used += width;
    index += codePoint > 0xffff ? 2 : 1;
  }
  pieces.push(word.slice(start));
  return pieces;
}

const space = 0x20;
const codePoints = (characters: string): ReadonlySet<number> =>
  new Set([...characters].map((character) => character.codePointAt(0) as number));
// The core of the Japanese and Chinese line-breaking rules (JIS X 4051).
const neverFirst = codePoints(
  "、。，．・：；？！）］｝〉》」』】〕〗ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…‥,.:;?!)]}%",
);
const neverLast = codePoints("（［｛〈《「『【〔〖([{");
