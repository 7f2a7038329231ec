import { CR, isBlank, LF } from "../bytes/ascii.ts";
import { isField } from "./sipStart.ts";

/** If the line is a Content-Length field: the offset of its value from `base`; otherwise -1. RFC 3261 §20.14. */
export function contentLengthAt(bytes: Uint8Array, line: number, lineEnd: number, base: number): number {
  const first = bytes[line] | 0x20;
  if (first !== 0x63 && first !== 0x6c) return -1;
  if (!isField(bytes, line, lineEnd, "content-length") && !isField(bytes, line, lineEnd, "l")) return -1;
  let position = line;
  while (bytes[position] !== 0x3a) position++;
  return position + 1 - base;
}

/** The value at `position`, which may be on the next line (folding); -1 if it is no number. */
export function readContentLength(bytes: Uint8Array, start: number, headerEnd: number): number {
  let position = start;
  while (position < headerEnd && (isBlank(bytes[position]) || isFold(bytes, position, headerEnd))) position++;
  let length = -1;
  while (position < headerEnd && bytes[position] >= 0x30 && bytes[position] <= 0x39) {
    length = Math.min(Math.max(length, 0) * 10 + bytes[position] - 0x30, Number.MAX_SAFE_INTEGER);
    position++;
  }
  return length;
}

/** A line end whose next line starts with a blank. RFC 3261 §7.3.1. */
function isFold(bytes: Uint8Array, position: number, headerEnd: number): boolean {
  if (bytes[position] === CR)
    return position + 2 < headerEnd && bytes[position + 1] === LF && isBlank(bytes[position + 2]);
  return bytes[position] === LF && position + 1 < headerEnd && isBlank(bytes[position + 1]);
}
