import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const chunkBytes = 256 * 1024;
const pollMillis = 250;

/**
 * The bytes of a file that somebody still writes to, from its beginning, until `stop`. Where another file takes the place of a log, or it is
 * emptied, as logs are turned over, it goes on with that one. Throws at once where it cannot be opened.
 */
export function growingFile(path: string, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  return read(path, openSync(path, "r"), stop);
}

async function* read(path: string, first: number, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  let descriptor = first;
  let offset = 0;
  /** The header of another capture cannot stand in the middle of one. */
  let isCapture = false;
  try {
    while (!stop.aborted) {
      const chunk = new Uint8Array(chunkBytes);
      const length = readSync(descriptor, chunk);
      isCapture ||= offset === 0 && chunk.subarray(0, length).includes(0);
      offset += length;
      if (length > 0) yield chunk.subarray(0, length);
      // A short read is the end for now: what comes next is worth waiting for.
      if (length === chunkBytes) continue;
      await wait(pollMillis, undefined, { signal: stop }).catch(() => {});
      if (length > 0 || isCapture || !isTurnedOver(path, descriptor, offset)) continue;
      const next = openSync(path, "r");
      closeSync(descriptor);
      descriptor = next;
      offset = 0;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Not while it is away: whoever moved it makes the next one when there is something to write. A pipe is read once. */
function isTurnedOver(path: string, descriptor: number, offset: number): boolean {
  const now = statSync(path, { throwIfNoEntry: false });
  if (now?.isFile() !== true) return false;
  const { ino, dev, size } = fstatSync(descriptor);
  return now.ino !== ino || now.dev !== dev || size < offset;
}
