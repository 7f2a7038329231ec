import { openSync, readFileSync, writeSync } from "node:fs";
import { LONGEST_INPUT } from "./mutate.ts";

const HEADER_BYTES = 8;

/** Keeps the input that is being read, and how many were, in a file: another process knows them whatever becomes of this one. */
export class ShownInput {
  readonly #file: number;
  readonly #bytes: Buffer = Buffer.alloc(HEADER_BYTES + LONGEST_INPUT);

  constructor(path: string) {
    this.#file = openSync(path, "w");
  }

  show(count: number, input: Uint8Array): void {
    this.#bytes.writeUInt32LE(count, 0);
    this.#bytes.writeUInt32LE(input.length, 4);
    this.#bytes.set(input, HEADER_BYTES);
    writeSync(this.#file, this.#bytes, 0, HEADER_BYTES + input.length, 0);
  }
}

export function shownInput(path: string): { readonly read: number; readonly bytes: Uint8Array } {
  const shown = readFileSync(path);
  const end = HEADER_BYTES + shown.readUInt32LE(4);
  return { read: shown.readUInt32LE(0), bytes: new Uint8Array(shown.subarray(HEADER_BYTES, end)) };
}
