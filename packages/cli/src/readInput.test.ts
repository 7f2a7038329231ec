import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Input } from "./readInput.ts";

const folder = mkdtempSync(join(tmpdir(), "sipwhy-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function* standardInput(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function lengthsOf(input: Input): Promise<number[]> {
  const lengths: number[] = [];
  for await (const chunk of input.chunks(() => undefined)) lengths.push(chunk.length);
  return lengths;
}

test("a file comes in chunks of at most half a mebibyte", async () => {
  const path = join(folder, "big");
  writeFileSync(path, Buffer.alloc(1_200_000));
  const input = new Input(path, standardInput());
  expect(await lengthsOf(input)).toEqual([524_288, 524_288, 151_424]);
  expect([input.sizeBytes, input.bytesRead, input.problem]).toEqual([1_200_000, 1_200_000, undefined]);
});

test("chunks do not share memory, because views of them are kept", async () => {
  const path = join(folder, "two");
  writeFileSync(path, Buffer.alloc(600_000));
  const buffers = new Set<ArrayBufferLike>();
  for await (const chunk of new Input(path, standardInput()).chunks(() => undefined)) buffers.add(chunk.buffer);
  expect(buffers.size).toBe(2);
});

test("a chunk that is given back is read into again, once, and no other memory is", async () => {
  const path = join(folder, "three");
  writeFileSync(path, Buffer.alloc(524_288 * 3));
  const input = new Input(path, standardInput());
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.chunks(() => undefined)) {
    chunks.push(chunk);
    if (chunks.length > 1) continue;
    input.giveBack(chunk);
    input.giveBack(chunk);
    input.giveBack(new Uint8Array(524_288));
  }
  expect(chunks[1]).toBe(chunks[0]);
  expect(chunks[2].buffer).not.toBe(chunks[0].buffer);
});

test("a hyphen is standard input", async () => {
  expect(await lengthsOf(new Input("-", standardInput("abc", "de")))).toEqual([3, 2]);
});

test("what cannot be read is told apart", async () => {
  expect(new Input(join(folder, "none"), standardInput()).problem).toEqual({ kind: "missing" });
  expect(new Input(folder, standardInput()).problem).toEqual({ kind: "directory" });
  const empty = new Input("-", standardInput());
  expect(await lengthsOf(empty)).toEqual([]);
  expect(empty.problem).toEqual({ kind: "empty" });
});

test("an error in the middle ends the chunks and is kept", async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(3);
    throw Object.assign(new Error("read"), { code: "EIO" });
  }
  const input = new Input("-", broken());
  expect(await lengthsOf(input)).toEqual([3]);
  expect(input.problem).toEqual({ kind: "unreadable", reason: "EIO" });
});
