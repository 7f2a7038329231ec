/** UTF-8; what is not UTF-8 becomes U+FFFD. RFC 3261 §7.3.1 */
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** Up to here a string is made from its codes, which is cheaper than a call into the decoder. */
const SHORT = 96;
/** One array for each length up to there. */
const codes: readonly number[][] = Array.from({ length: SHORT + 1 }, (_, length) => new Array<number>(length).fill(0));

/** The text of `bytes[start, end)`, read as UTF-8. */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length > SHORT) return utf8.decode(bytes.subarray(start, end));
  if (length <= 0) return "";
  const units = codes[length];
  let all = 0;
  for (let i = 0; i < length; i++) all |= units[i] = bytes[start + i];
  if (all > 127) return utf8.decode(bytes.subarray(start, end));
  return String.fromCharCode.apply(undefined, units);
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
