import { closeSync, openSync, readSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const chunkBytes = 256 * 1024;
const pollMillis = 250;

/** The bytes of a file that somebody still writes to, from its beginning, until `stop`. Throws at once where it cannot be opened. */
export function growingFile(path: string, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  return read(openSync(path, "r"), stop);
}

async function* read(descriptor: number, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    while (!stop.aborted) {
      const chunk = new Uint8Array(chunkBytes);
      const length = readSync(descriptor, chunk);
      if (length > 0) yield chunk.subarray(0, length);
      // A short read is the end for now: what comes next is worth waiting for.
      if (length < chunkBytes) await wait(pollMillis, undefined, { signal: stop }).catch(() => {});
    }
  } finally {
    closeSync(descriptor);
  }
}
