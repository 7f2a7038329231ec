/** The bytes of a character's UTF-8, a character each. */
export function utf8Text(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  return String.fromCharCode(...new TextEncoder().encode(String.fromCodePoint(code)));
}
