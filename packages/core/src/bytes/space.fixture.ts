import type { Space } from "./space.ts";

/** A space in memory, with room for so many bytes. */
export function spaceOf(bytes: number): Space & { readonly used: number } {
  const memory = new Uint8Array(bytes);
  let used = 0;
  return {
    write(offset, added) {
      if (offset + added.length > bytes) return false;
      memory.set(added, offset);
      used = Math.max(used, offset + added.length);
      return true;
    },
    read: (offset, length) => memory.slice(offset, offset + length),
    get used() {
      return used;
    },
  };
}
