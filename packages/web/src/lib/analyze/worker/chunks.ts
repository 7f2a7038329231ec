const CHUNK_BYTES: number = 4 * 1024 * 1024;

/** A file in pieces, so that no more of it is in memory than is being read. */
export async function* chunksOf(
  file: Blob,
  onBytes: (bytes: number) => void,
  stopped: () => boolean,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size && !stopped(); at += CHUNK_BYTES) {
    const chunk = new Uint8Array(await file.slice(at, at + CHUNK_BYTES).arrayBuffer());
    onBytes(chunk.length);
    yield chunk;
  }
}
