/**
 * Makes visible what would act on a terminal or mislead its reader: C0 and C1 controls (line breaks and ESC among them), bidirectional
 * controls, invisible characters and lone surrogates become `\x1b`-like escapes. Everything else stays as it is.
 */
export function escapeTerminal(text: string): string {
  let escaped = "";
  let copied = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x20 && unit < 0x7f) continue;
    const codePoint = text.codePointAt(index) as number;
    const width = codePoint > 0xffff ? 2 : 1;
    if (isUnsafe(codePoint)) {
      escaped += text.slice(copied, index) + escapeOf(codePoint);
      copied = index + width;
    }
    index += width - 1;
  }
  return copied === 0 ? text : escaped + text.slice(copied);
}

/** True for a code point that `escapeTerminal` makes visible. */
export function isUnsafe(codePoint: number): boolean {
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint <= 0x9f)) return true;
  if (codePoint < 0x61c) return codePoint === 0xad;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return true;
  return invisible.some(([first, last]) => codePoint >= first && codePoint <= last);
}

function escapeOf(codePoint: number): string {
  if (codePoint === 0x0a) return "\\n";
  if (codePoint === 0x0d) return "\\r";
  if (codePoint === 0x09) return "\\t";
  const hex = codePoint.toString(16);
  return codePoint < 0x100 ? `\\x${hex.padStart(2, "0")}` : `\\u{${hex}}`;
}

// Zero width joiner and non-joiner (200c, 200d) stay: some scripts cannot be written without them.
const invisible: readonly (readonly [number, number])[] = [
  [0x061c, 0x061c], // Arabic letter mark
  [0x180e, 0x180e],
  [0x200b, 0x200b],
  [0x200e, 0x200f], // left-to-right and right-to-left mark
  [0x2028, 0x202e], // line and paragraph separator, embeddings and overrides
  [0x2060, 0x206f], // word joiner, isolates
  [0x3164, 0x3164],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff], // tags, variation selectors supplement
];
