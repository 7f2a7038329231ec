import * as fc from "fast-check";
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fixture, folder, linesOf, logOf, read } from "../../../test/readTrace.ts";

const names = readdirSync(folder).filter((name) => name !== "README.md" && !name.startsWith("tshark-V"));
const allLines: readonly string[] = names.flatMap((name) => linesOf(name).split("\n"));

/** A line of any log, whole, cut, or glued to another. */
const line = fc.oneof(
  fc.nat(allLines.length - 1).map((index) => allLines[index]),
  fc.tuple(fc.nat(allLines.length - 1), fc.nat(80)).map(([index, length]) => allLines[index].slice(0, length)),
  fc.tuple(fc.nat(allLines.length - 1), fc.nat(allLines.length - 1)).map(([a, b]) => allLines[a] + allLines[b]),
);

describe("whatever happened to the lines of logs", () => {
  test("cut, glued and from many logs in any order, they are read without an error, in chunks as in one", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 120 }), fc.integer({ min: 1, max: 500 }), (mixed, size) => {
        const bytes = logOf(mixed.join("\n"));
        const whole = read(bytes);
        expect(whole.packets.length).toBeLessThanOrEqual(whole.frames);
        expect(read(bytes, size)).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  test("shuffled, doubled or lost within one log, they are read without an error", () => {
    const changed = fc.constantFrom(...names).chain((name) => {
      const lines = linesOf(name).split("\n");
      return fc
        .array(fc.nat(lines.length - 1), { maxLength: lines.length })
        .map((order) => order.map((index) => lines[index]));
    });
    fc.assert(
      fc.property(changed, (lines) => {
        const { frames, packets } = read(logOf(lines.join("\n")));
        expect(packets.length).toBeLessThanOrEqual(frames);
      }),
      { numRuns: 150 },
    );
  });

  test("a log that ends anywhere gives the messages before, and at most one that is cut", () => {
    fc.assert(
      fc.property(fc.constantFrom(...names.filter((name) => !name.startsWith("newest"))), fc.nat(), (name, at) => {
        const bytes = fixture(name);
        const whole = read(bytes);
        const part = read(bytes.subarray(0, at % bytes.length));
        expect(part.frames).toBeLessThanOrEqual(whole.frames);
        expect(part.packets.filter(({ cut }) => cut).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });

  test("a log that prints each message twice and ends in the second one has it once", () => {
    const bytes = fixture("tcpdump-v-A.txt");
    const { frames } = read(bytes);
    for (let length = bytes.length - 600; length < bytes.length; length += 3) {
      expect(read(bytes.subarray(0, length)).frames).toBeLessThanOrEqual(frames);
    }
  });
});
