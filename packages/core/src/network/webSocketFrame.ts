import { uint16, uint32 } from "../bytes/integers.ts";
import { isSipStart } from "./sipStart.ts";

/** Type and length, extended length, masking key. RFC 6455 §5.2 */
export const LONGEST_FRAME_HEADER = 14;

export const opcode = { continuation: 0, text: 1, binary: 2, close: 8 } as const;

const FIN = 0x80;
/** RSV1 is permessage-deflate; nobody has defined the others. RFC 7692 §6 */
const COMPRESSED = 0x40;
const UNDEFINED = 0x30;
const MASKED = 0x80;

export interface FrameHeader {
  readonly opcode: number;
  readonly isFinal: boolean;
  readonly isCompressed: boolean;
  /** Offset of the masking key, or -1. */
  readonly keyAt: number;
  /** Offset of the payload. */
  readonly payloadAt: number;
  /** Of the payload. */
  readonly length: number;
}

/** How many bytes the header at `start` has, as far as the first two tell. */
export function frameHeaderLength(bytes: Uint8Array, start: number): number {
  const length = bytes[start + 1] & 0x7f;
  return 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + ((bytes[start + 1] & MASKED) === 0 ? 0 : 4);
}

/** The header at `start`, all of which is there; undefined if no frame has such a one. */
export function readFrameHeader(bytes: Uint8Array, start: number): FrameHeader | undefined {
  const first = bytes[start];
  const code = first & 15;
  const isControl = code >= 8;
  const short = bytes[start + 1] & 0x7f;
  if ((first & UNDEFINED) !== 0 || (code > 2 && code < 8) || code > 10) return undefined;
  // A control frame is short and whole. RFC 6455 §5.5
  if (isControl && (short > 125 || (first & (FIN | COMPRESSED)) !== FIN)) return undefined;
  // Nobody sends a message of more than 4 GiB.
  if (short === 127 && uint32(bytes, start + 2) !== 0) return undefined;
  const payloadAt = start + frameHeaderLength(bytes, start);
  return {
    opcode: code,
    isFinal: (first & FIN) !== 0,
    isCompressed: (first & COMPRESSED) !== 0,
    keyAt: (bytes[start + 1] & MASKED) === 0 ? -1 : payloadAt - 4,
    payloadAt,
    length: short === 126 ? uint16(bytes, start + 2) : short === 127 ? uint32(bytes, start + 6) : short,
  };
}

/** As much of a start line as is unmasked to know it. */
const SNIFFED = 512;

/** True if a frame at `start` begins a SIP message: where the capture begins late, or bytes are missing before it. */
export function isSipFrame(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < LONGEST_FRAME_HEADER) return false;
  const header = readFrameHeader(bytes, start);
  if (header === undefined || header.isCompressed) return false;
  if (header.opcode !== opcode.text && header.opcode !== opcode.binary) return false;
  const length = Math.min(header.length, end - header.payloadAt, SNIFFED);
  if (length <= 0) return false;
  const sniffed = new Uint8Array(length);
  copyUnmasked(bytes, header.payloadAt, header.payloadAt + length, sniffed, 0, keyOf(bytes, header.keyAt), 0);
  return isSipStart(sniffed, 0, length, length < header.length);
}

/** The masking key at `keyAt`, 0 for none. */
export function keyOf(bytes: Uint8Array, keyAt: number): number {
  return keyAt < 0 ? 0 : uint32(bytes, keyAt);
}

/** Copies `bytes[start, end)`; `phase` is how many bytes of the frame's payload came before. RFC 6455 §5.3 */
export function copyUnmasked(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  targetAt: number,
  key: number,
  phase: number,
): void {
  for (let i = 0; i < end - start; i++)
    target[targetAt + i] = bytes[start + i] ^ (key >>> (24 - 8 * ((phase + i) & 3)));
}
