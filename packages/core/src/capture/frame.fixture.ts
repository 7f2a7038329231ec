import type { Frame } from "./frame.ts";

/** What was captured of it. */
export function capturedBytes({ bytes, start, end }: Frame): Uint8Array {
  return bytes.subarray(start, end);
}
