/** True if a TLS record header is at `start`: content type, version 3.x, a length that may be. RFC 8446 §5.1. */
export function isTlsRecord(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 5) return false;
  const type = bytes[start];
  if (type < 0x14 || type > 0x18 || bytes[start + 1] !== 3 || bytes[start + 2] > 4) return false;
  const length = (bytes[start + 3] << 8) | bytes[start + 4];
  return length > 0 && length <= 0x4000 + 2048;
}

/** True if the record at `start` is a ClientHello, or its beginning. RFC 8446 §4 */
export function isClientHelloRecord(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === 0x16 && bytes[start + 5] === 1;
}

/** True if the record at `start` is an alert. RFC 8446 §5.1 */
export function isAlertRecord(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === 0x15;
}
