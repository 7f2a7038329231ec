import { gzipSync, zstdCompressSync } from "node:zlib";
import { openCaptures } from "../../../packages/core/src/capture/containers/openCaptures.ts";
import { tarOf } from "../../../packages/core/src/capture/containers/tar.fixture.ts";
import { fixtureFiles } from "../corpus.ts";
import { ensure } from "../ensure.ts";
import type { FuzzReader } from "../fuzzReader.ts";
import { byteMutations } from "../mutate.ts";
import { mutatingReader } from "../mutatingReader.ts";

/** Files that are packed, or hold others, in each other. */
export function containerReader(): FuzzReader {
  const files = fixtureFiles(/captures.*\.(pcap|pcapng|log)$/).filter(({ length }) => length < 12_000);
  const packed = files.map((bytes) => new Uint8Array(gzipSync(bytes)));
  const seeds = [
    ...packed,
    ...files.map((bytes) => new Uint8Array(zstdCompressSync(bytes))),
    ...files.map((bytes, index) =>
      tarOf([
        { name: `${index}.pcap`, bytes },
        { name: "day/2.pcap.gz", bytes: packed[index] },
      ]),
    ),
    ...packed.map((bytes, index) => new Uint8Array(gzipSync(tarOf([{ name: `${index}.gz`, bytes }])))),
    ...fixtureFiles(/\.zip$/),
  ];
  return mutatingReader({
    name: "container",
    extension: ".bin",
    seeds,
    mutations: byteMutations,
    allowedMillis: (bytes) => 1000 + bytes,
    run: open,
  });
}

async function open(input: Uint8Array): Promise<void> {
  let bytes = 0;
  for (const { name, chunks } of await openCaptures("input", [input].values(), {})) {
    ensure(name.length < 5000, "a name is too long");
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) bytes += next.value.length;
  }
  ensure(bytes <= 251 * input.length + 80_000_000, () => `${bytes} bytes out of ${input.length}`);
}
