import { hexValue } from "./ascii.ts";

/** The bytes that `494e5649` or `49:4e:56:49` stands for; undefined for another text. */
export function hexBytes(text: string): Uint8Array | undefined {
  const step = text[2] === ":" ? 3 : 2;
  const bytes = new Uint8Array(Math.ceil(text.length / step));
  for (let at = 0, i = 0; at < text.length; at += step, i++) {
    const [high, low] = [hexValue(text.charCodeAt(at)), hexValue(text.charCodeAt(at + 1))];
    if (high < 0 || low < 0) return undefined;
    bytes[i] = high * 16 + low;
  }
  return bytes;
}
