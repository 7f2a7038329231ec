import type { FuzzReader } from "./fuzzReader.ts";
import { mutatingReader, type MutatingReader } from "./mutatingReader.ts";
import { textMutations } from "./mutate.ts";

/** Readers with a fault in each, to see that it is found. */
export const readers: ReadonlyMap<string, () => FuzzReader> = new Map([
  ["sound", planted(() => {})],
  [
    "throws",
    planted((input) => {
      if (input.includes(0x3b)) throw new TypeError("a semicolon");
    }),
  ],
  [
    "hangs",
    planted((input) => {
      while (input.includes(0x3b));
    }),
  ],
  [
    "fills the heap",
    planted((input) => {
      const kept: unknown[] = [];
      while (input.includes(0x3b)) kept.push([kept.length]);
    }),
  ],
]);

function planted(run: MutatingReader["run"]): () => FuzzReader {
  const seeds = [new TextEncoder().encode("Contact: <sip:a@b>\r\n"), new TextEncoder().encode("a=b;c")];
  return () =>
    mutatingReader({
      name: "planted",
      extension: ".txt",
      seeds: seeds.slice(0, 1),
      mutations: [
        (bytes, random) =>
          random.isOneIn(60) ? seeds[1] : random.pick(textMutations)(bytes, random, seeds.slice(0, 1)),
      ],
      allowedMillis: () => 1000,
      run,
    });
}
