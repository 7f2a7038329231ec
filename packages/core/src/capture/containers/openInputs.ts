import type { ByteSource } from "./byteSource.ts";
import { type OpenedCapture, openCaptures, type OpenOptions } from "./openCaptures.ts";

/** One capture, or several of them packed into one file. */
export interface CaptureInput {
  /** Shown in the report. */
  readonly name: string;
  /** The whole file, or its chunks in order, of any size; packed with gzip, tar or zip or not; zstd takes `unzstd`. */
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** The captures of all inputs, in their order: what a report means by the index of a capture. */
export async function openInputs(inputs: readonly CaptureInput[], options: OpenOptions): Promise<OpenedCapture[]> {
  const captures: OpenedCapture[] = [];
  for (const { name, bytes } of inputs) captures.push(...(await openCaptures(name, iterate(bytes), options)));
  return captures;
}

function iterate(bytes: CaptureInput["bytes"]): ByteSource {
  if (bytes instanceof Uint8Array) return [bytes].values();
  return Symbol.asyncIterator in bytes ? bytes[Symbol.asyncIterator]() : bytes[Symbol.iterator]();
}
