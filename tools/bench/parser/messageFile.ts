import { readFileSync, writeFileSync } from "node:fs";

/**
 * Messages as every program of the bench reads them: how many there are, how many of these are as they were captured, the length of each (32 bits
 * each, little-endian), then their bytes.
 */
export interface MessageSet {
  /** All messages, one after the other. */
  readonly bytes: Uint8Array;
  /** Where each one starts in `bytes`, and where the last one ends. */
  readonly starts: readonly number[];
  /** Those before this one are as they were captured; the others are copies of them. */
  readonly original: number;
}

export function writeMessages(path: string, messages: readonly Buffer[], original: number): void {
  const head = Buffer.from(
    new Uint32Array([messages.length, original, ...messages.map(({ length }) => length)]).buffer,
  );
  writeFileSync(path, Buffer.concat([head, ...messages]));
}

export function readMessages(path: string): MessageSet {
  const file = readFileSync(path);
  const count = file.readUInt32LE(0);
  const starts = [0];
  for (let i = 0; i < count; i++) starts.push(starts[i] + file.readUInt32LE(8 + 4 * i));
  return { bytes: new Uint8Array(file.subarray(8 + 4 * count)), starts, original: file.readUInt32LE(4) };
}
