/** Languages that set a space before a colon, semicolon, question or exclamation mark. */
const spaced: ReadonlySet<string> = new Set(["fr"]);

/** True where such a mark may begin a line, because the space before it is a plain one. */
export function breaksBeforePunctuation(text: string, tag: string): boolean {
  return spaced.has(tag) && /[\p{L}\p{N})\]}`»’] [:;?!](?=\s|$)/u.test(text);
}
