import { uint16, uint32 } from "../bytes/integers.ts";

/** RFC 8489 §5 */
const MAGIC_COOKIE = 0x2112a442;
const HEADER_BYTES = 20;

/** Message types that are looked at: method and class. RFC 8489 §5, RFC 8656 §17 */
export const STUN_TYPE = {
  bindingRequest: 0x0001,
  bindingSuccess: 0x0101,
  bindingError: 0x0111,
  sendIndication: 0x0016,
  dataIndication: 0x0017,
} as const;

/** RFC 8489 §14, RFC 8656 §18 */
export const STUN_ATTRIBUTE = { username: 0x0006, errorCode: 0x0009, data: 0x0013 } as const;

/** True where a STUN message begins at `start`. RFC 8489 §5, RFC 7983 §7 */
export function isStun(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start] <= 3 && end - start >= HEADER_BYTES && uint32(bytes, start + 4) === MAGIC_COOKIE;
}

/** Where an attribute's value begins in the message at `start`; -1 where it is not there as a whole. Its length is before it: `stunLength`. */
export function stunAttribute(bytes: Uint8Array, start: number, end: number, type: number): number {
  const until = Math.min(end, start + HEADER_BYTES + uint16(bytes, start + 2));
  for (let at = start + HEADER_BYTES; at + 4 <= until;) {
    const value = at + 4;
    const length = uint16(bytes, at + 2);
    if (uint16(bytes, at) === type) return value + length <= until ? value : -1;
    at = value + ((length + 3) & ~3);
  }
  return -1;
}

/** Bytes of the value that `stunAttribute` found. */
export function stunLength(bytes: Uint8Array, value: number): number {
  return uint16(bytes, value - 2);
}
