let latest: Uint8Array = new Uint8Array(0);

/**
 * All of the buffer that `bytes` is a view into; offsets grow by `bytes.byteOffset`. The same array as long as views come out of the
 * same buffer, so that what is kept of a capture keeps one array a read buffer and not one a frame.
 */
export function wholeBuffer(bytes: Uint8Array): Uint8Array {
  if (latest.buffer !== bytes.buffer) latest = new Uint8Array(bytes.buffer);
  return latest;
}
