import { joined } from "./mutate.ts";

/** Attempts, so that a find is told before long. */
const MOST_ATTEMPTS = 1500;

/** The input with pieces left out, large ones first, as long as what is left still `shows` the fault. */
export async function minimised(input: Uint8Array, shows: (part: Uint8Array) => Promise<boolean>): Promise<Uint8Array> {
  let smallest = input;
  let attempts = 0;
  for (let size = input.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at + size <= smallest.length;) {
      if (++attempts > MOST_ATTEMPTS) return smallest;
      const part = joined(smallest.subarray(0, at), smallest.subarray(at + size));
      if (await shows(part)) smallest = part;
      else at += size;
    }
  }
  return smallest;
}
