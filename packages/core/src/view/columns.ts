/** Columns a terminal gives to the text: two for a wide character, none for one that combines. Unicode Standard Annex 11. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x300) {
      columns++;
      continue;
    }
    const codePoint = text.codePointAt(index) as number;
    if (codePoint > 0xffff) index++;
    columns += columnsOfCodePoint(codePoint);
  }
  return columns;
}

export function columnsOfCodePoint(codePoint: number): 0 | 1 | 2 {
  if (codePoint < 0x300) return 1;
  if (combining.test(String.fromCodePoint(codePoint))) return 0;
  return codePoint >= 0x1100 && wide.some(([first, last]) => codePoint >= first && codePoint <= last) ? 2 : 1;
}

/** The text, or its beginning and `…`, in at most `columns` columns. */
export function clip(text: string, columns: number): string {
  if (text.length <= columns && columnsOf(text) <= columns) return text;
  if (columns < 1) return "";
  let used = 0;
  let end = 0;
  // A run of combining characters takes no columns; the second limit keeps it from taking everything else.
  while (end < text.length && end < columns * 4) {
    const codePoint = text.codePointAt(end) as number;
    used += columnsOfCodePoint(codePoint);
    const next = end + (codePoint > 0xffff ? 2 : 1);
    if (used > columns || (used === columns && next < text.length)) break;
    end = next;
  }
  return end >= text.length ? text : text.slice(0, end) + "…";
}

export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

export function padStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - columnsOf(text))) + text;
}

const combining = /[\p{Mn}\p{Me}\u200c\u200d]/u;

// East Asian Width W and F, and emoji that are drawn wide; neighbouring ranges joined.
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2648, 0x2653],
  [0x26a1, 0x26a1],
  [0x2705, 0x2705],
  [0x274c, 0x274e],
  [0x2753, 0x2757],
  [0x2795, 0x2797],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1b000, 0x1b2ff],
  [0x1f004, 0x1f004],
  [0x1f0cf, 0x1f0cf],
  [0x1f18e, 0x1f18e],
  [0x1f191, 0x1f19a],
  [0x1f200, 0x1f320],
  [0x1f32d, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f7e0, 0x1f7eb],
  [0x1f900, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
];
