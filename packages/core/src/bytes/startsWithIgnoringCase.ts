/** True if `bytes[offset, end)` starts with `lowerCase`, whatever the case of its ASCII letters. */
export function startsWithIgnoringCase(bytes: Uint8Array, offset: number, end: number, lowerCase: string): boolean {
  if (end - offset < lowerCase.length) return false;
  for (let i = 0; i < lowerCase.length; i++) {
    const byte = bytes[offset + i];
    const lower = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
    if (lower !== lowerCase.charCodeAt(i)) return false;
  }
  return true;
}
