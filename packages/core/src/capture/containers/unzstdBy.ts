import type { Decompressor } from "./unpacking.ts";

/** A package that unpacks zstd piece by piece, as `fzstd` does. */
export interface ZstdPackage {
  readonly Decompress: new (onData: (chunk: Uint8Array) => unknown) => {
    push(chunk: Uint8Array, isLast?: boolean): void;
  };
}

/** So many bytes cannot unpack to more than a machine can hold, whatever they are. */
const pieceBytes = 8192;

/** zstd (RFC 8878) by a package that is loaded when a capture needs it. */
export function unzstdBy(load: () => Promise<ZstdPackage>): Decompressor {
  return async function* unzstd(packed) {
    const { Decompress } = await load();
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
  };
}
