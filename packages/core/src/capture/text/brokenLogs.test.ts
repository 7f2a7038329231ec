import * as fc from "fast-check";
import { readdirSync } from "node:fs";
import { cpuUsage } from "node:process";
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
});

const START = "INVITE sip:1002@sip.example.test SIP/2.0";
const RIBBON = "900 11222026 070644.357573:1.01.00.1.MAJOR .SIPSG:";

/** Each is worth its length again and again, if something looked at it again and again. */
const nasty: Readonly<Record<string, (kilobytes: number) => string>> = {
  "start lines without an end": (kilobytes) => `${START}\nVia: x\nFrom: y\n`.repeat(kilobytes * 18),
  "one endless line": (kilobytes) => "x".repeat(kilobytes * 1024),
  "one endless header": (kilobytes) => `${START}\nVia: x\n${"Subject: endless\n".repeat(kilobytes * 60)}`,
  "an entry in endless pieces": (kilobytes) => `${RIBBON}${START}\n${`${RIBBON}piece\n`.repeat(kilobytes * 18)}`,
  "escaped lines in endless pieces": (kilobytes) =>
    `a: ${START}#012Via: x#012Fr\n${"a: piece#012y\n".repeat(kilobytes * 73)}`,
  "arrows and brackets": (kilobytes) => `${"<--- [//-1/ -> > | ".repeat(25)}\n`.repeat(kilobytes * 2),
  "quotes, entities and colours": (kilobytes) =>
    `${"> > &lt;sip:&amp;&#x201c;\x1b[1;3".repeat(16)}\n`.repeat(kilobytes * 2),
  "lines of a dump": (kilobytes) => "0000  45 00 02 d0 15 4b 40 00  ........\n".repeat(kilobytes * 26),
  "a string of JSON without an end": (kilobytes) => `[{"raw":"${"x\\n".repeat(kilobytes * 340)}`,
  "JSON in JSON": (kilobytes) => `[{"a":${'{"a":['.repeat(kilobytes * 170)}`,
  "members without a message": (kilobytes) => `[{${'"srcIp":"10.9.0.10",'.repeat(kilobytes * 50)}"x":1}]`,
  "a log that goes backward": (kilobytes) =>
    Array.from({ length: kilobytes * 7 }, (_, index) => {
      const seconds = String(59 - (index % 60)).padStart(2, "0");
      return `2026/11/22 07:06:${seconds}.000000 10.9.0.10:5060 -> 10.9.0.20:5060\n${START}\nVia: x\nTo: y\n\n`;
    }).join(""),
};

describe("the time that a log takes grows with its length only", () => {
  test.for(Object.entries(nasty))("%s", ([, make]) => {
    // Compared within one run: eight times as long may take a few times eight times as long, not sixty-four.
    const [short, long] = [logOf(make(16)), logOf(make(128))];
    read(short);
    const [once, eightfold] = [cpuMicros(short), cpuMicros(long)];
    expect(eightfold).toBeLessThan(Math.max(once, 2000) * 8 * 4);
  });
});

/** The least of three. */
function cpuMicros(bytes: Uint8Array): number {
  const runs = [1, 2, 3].map(() => {
    const before = cpuUsage();
    read(bytes);
    return cpuUsage(before).user;
  });
  return Math.min(...runs);
}
