/** UTF-8; what is not UTF-8 becomes U+FFFD. RFC 3261 §7.3.1 */
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** Up to here a string is put together by hand, which is cheaper than a call into the decoder. */
const SHORT = 48;
const fromCharCode = String.fromCharCode;

/** The text of `bytes[start, end)`, read as UTF-8. */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT) return utf8.decode(bytes.subarray(start, end));
  let text = "";
  let i = start;
  for (; i + 8 <= end; i += 8) {
    const a = bytes[i];
    const b = bytes[i + 1];
    const c = bytes[i + 2];
    const d = bytes[i + 3];
    const e = bytes[i + 4];
    const f = bytes[i + 5];
    const g = bytes[i + 6];
    const h = bytes[i + 7];
    if ((a | b | c | d | e | f | g | h) > 127) return utf8.decode(bytes.subarray(start, end));
    text += fromCharCode(a, b, c, d, e, f, g, h);
  }
  for (; i < end; i++) {
    if (bytes[i] > 127) return utf8.decode(bytes.subarray(start, end));
    text += fromCharCode(bytes[i]);
  }
  return text;
}

/** True where `bytes[start, end)` is well-formed UTF-8. */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end && bytes[i] < 128) i++;
  if (i === end) return true;
  try {
    strictUtf8.decode(bytes.subarray(start, end));
    return true;
  } catch {
    return false;
  }
}
