/** So many bytes cannot unpack to more than a machine can hold, whatever they are. */
const pieceBytes = 8192;

/**
 * zstd (RFC 8878). By a package also where Node could do it, from 22.15 on: Node stops after the first of several frames and does not say
 * so, and `pzstd` writes many.
 */
export async function* unzstd(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import("fzstd");
  const ready: Uint8Array[] = [];
  const stream = new Decompress((chunk) => void ready.push(chunk));
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += pieceBytes) {
      stream.push(chunk.subarray(at, at + pieceBytes));
      yield* ready.splice(0);
    }
  }
  stream.push(new Uint8Array(0), true);
  yield* ready.splice(0);
}
