// Messages of one call lie in a few read buffers, and are read by turns.
const views: WeakMap<ArrayBufferLike, DataView> = new WeakMap();
let lastBytes: Uint8Array | undefined;
let viewed: ArrayBufferLike | undefined;
let view: DataView = new DataView(new ArrayBuffer(0));

/** The buffer behind `bytes`, to read four bytes of it at a time; the offsets are the buffer's. */
export function wordsOf(bytes: Uint8Array): DataView {
  // Asking an array for its buffer costs as much as reading a line.
  if (bytes === lastBytes) return view;
  lastBytes = bytes;
  const { buffer } = bytes;
  if (buffer === viewed) return view;
  viewed = buffer;
  const known = views.get(buffer);
  view = known ?? new DataView(buffer);
  if (known === undefined) views.set(buffer, view);
  return view;
}

/**
 * Index of the next byte in [start, end) that is `wanted`, given four times over in `pattern` (`0x0a0a0a0a`); `end` where there is
 * none. Four bytes at a time: most of the time that reading a message takes is spent here.
 */
export function indexOfByte(bytes: Uint8Array, words: DataView, pattern: number, start: number, end: number): number {
  const shift = bytes.byteOffset;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const x = words.getInt32(at + shift, true) ^ pattern;
    const zeros = (x - 0x01010101) & ~x & -0x7f7f7f80;
    // Above the lowest zero byte there may be marks that are none; the lowest is exact.
    if (zeros !== 0) return at + ((31 - Math.clz32(zeros & -zeros)) >> 3);
  }
  const wanted = pattern & 255;
  while (at < end && bytes[at] !== wanted) at++;
  return at;
}
