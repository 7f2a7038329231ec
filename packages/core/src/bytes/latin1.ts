const PIECE = 4096;

/** The text of `bytes[start, end)` with one character for each byte: nothing is decoded, so that nothing gets lost. */
export function latin1Text(bytes: Uint8Array, start: number = 0, end: number = bytes.length): string {
  let text = "";
  for (let at = start; at < end; at += PIECE) {
    text += String.fromCharCode.apply(undefined, bytes.subarray(at, Math.min(end, at + PIECE)) as unknown as number[]);
  }
  return text;
}

/** The bytes of such a text. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
