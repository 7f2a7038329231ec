import type { Source } from "../protocol.ts";
import { FileChanged } from "./fileChanged.ts";

const CHUNK_BYTES: number = 4 * 1024 * 1024;

/** A file in pieces, so that no more of it is in memory than is being read. */
export async function* chunksOf(
  { name, data }: Source,
  onBytes: (bytes: number) => void,
  stopped: () => boolean,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < data.size && !stopped(); at += CHUNK_BYTES) {
    const piece = data.slice(at, at + CHUNK_BYTES);
    const chunk = await piece.arrayBuffer().then(
      (buffer) => new Uint8Array(buffer),
      () => Promise.reject(new FileChanged(name)),
    );
    onBytes(chunk.length);
    yield chunk;
  }
}
