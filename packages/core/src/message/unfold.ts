/** Replaces each fold, a line end and the white space round it, by one space. RFC 3261 §7.3.1 */
export function unfold(text: string): string {
  if (!text.includes("\n") && !text.includes("\r")) return text;
  return text
    .split(/[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(" ");
}
