/** What those who list pages show of a description, in characters of alphabets; those of Chinese, Japanese and Korean are twice as wide. */
const SHOWN = 160;

/** The sentences of a text that fit, or the words of the first that do. */
export function shortDescription(text: string, tag: string): string {
  const plain = text.replaceAll("`", "").replaceAll(/\s+/gu, " ").trim();
  const whole = fitting(plain, tag, "sentence", SHOWN);
  return whole === "" ? `${fitting(plain, tag, "word", SHOWN - 1)}…` : whole;
}

function fitting(text: string, tag: string, granularity: "sentence" | "word", room: number): string {
  let [kept, width] = ["", 0];
  for (const { segment } of new Intl.Segmenter(tag, { granularity }).segment(text)) {
    width += widthOf(segment);
    if (width > room) break;
    kept += segment;
  }
  return kept.trimEnd();
}

function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character >= "\u1100" ? 2 : 1), 0);
}
