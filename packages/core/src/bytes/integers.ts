/** Unsigned integers of network byte order (big-endian) and little-endian, without a DataView per buffer. */

export function uint16(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] << 8) | bytes[offset + 1];
}

export function uint32(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] << 24) | (bytes[offset + 1] << 16) | (bytes[offset + 2] << 8) | bytes[offset + 3]) >>> 0;
}

export function uint16Little(bytes: Uint8Array, offset: number): number {
  return (bytes[offset + 1] << 8) | bytes[offset];
}

export function uint32Little(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset + 3] << 24) | (bytes[offset + 2] << 16) | (bytes[offset + 1] << 8) | bytes[offset]) >>> 0;
}
