import type { Source } from "../protocol.ts";
import { FileChanged } from "./fileChanged.ts";

const CHUNK_BYTES: number = 4 * 1024 * 1024;
const BEGINNING_BYTES = 4096;
/** How each file began when it was read first. */
const beginnings: WeakMap<Blob, Uint8Array> = new WeakMap();

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
    if (chunk.length < piece.size || (at === 0 && !beginsAsBefore(data, chunk))) throw new FileChanged(name);
    onBytes(chunk.length);
    yield chunk;
  }
}

/** Firefox hands over what stands in a file now, whatever it was when it was chosen. */
function beginsAsBefore(data: Blob, chunk: Uint8Array): boolean {
  const before = beginnings.get(data);
  if (before !== undefined) return before.every((byte, at) => byte === chunk[at]);
  beginnings.set(data, chunk.slice(0, BEGINNING_BYTES));
  return true;
}
