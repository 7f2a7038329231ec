import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { NetworkDecoder } from "../../packages/core/src/network/networkDecoder.ts";
import { capturesFolder } from "../explain.ts";
import { beyondTshark, empties, encapsulations } from "./encapsulations.ts";
import { readPcap } from "./pcap.ts";

const frames = readPcap(join(capturesFolder, "a-plain-200.pcap")).slice(0, 4);
/** The buffer that the frames lie in is full of this: what is read beyond a frame would show. */
const around = new TextEncoder().encode("OPTIONS sip:outside SIP/2.0\r\nVia: SIP/2.0/UDP a\r\nCSeq: 1 OPTIONS\r\n\r\n");

const wrapped = [...encapsulations, ...beyondTshark].map(({ name, linkType = 1, wrap }) => ({
  name,
  linkType,
  frames: frames.flatMap(({ bytes }, index) => wrap(bytes, index)),
}));

/** The first bytes are headers of the tunnel: most of the changes are there. */
const change = fc.record({ at: fc.oneof(fc.nat(120), fc.nat(900)), value: fc.nat(255) });
const mutation = fc.record({ changes: fc.array(change, { maxLength: 6 }), length: fc.option(fc.nat(900)) });

test.each(wrapped)(
  "damaged frames of $name never throw, and nothing is read outside of them",
  ({ linkType, frames: whole }) => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: whole.length, maxLength: whole.length }), (mutations) => {
        const damaged = whole.map((bytes, index) => mutated(bytes, mutations[index]));
        expect(readOutside(damaged, linkType)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  },
);

test.each(wrapped)("frames of $name that end early never throw, at whichever byte", ({ linkType, frames: [first] }) => {
  for (let length = 0; length <= Math.min(first.length, 200); length++)
    expect(readOutside([first.slice(0, length)], linkType)).toEqual([]);
});

test("frames of nothing but tunnel headers, one in another without end, are given up", () => {
  const headers = fc.constantFrom(...empties, ...wrapped.map(({ frames: [first] }) => first.slice(14, 80)));
  fc.assert(
    fc.property(
      fc.array(headers, { minLength: 1, maxLength: 40 }),
      fc.constantFrom(1, 9, 50, 51, 104, 219),
      (list, link) => {
        expect(readOutside([list.flat()], link)).toEqual([]);
      },
    ),
  );
});

function mutated(
  bytes: readonly number[],
  { changes, length }: { changes: { at: number; value: number }[]; length: number | null },
): number[] {
  const copy = bytes.slice(0, length ?? bytes.length);
  for (const { at, value } of changes) if (at < copy.length) copy[at] = value;
  return copy;
}

/** What was read outside of the frames, or of the buffer that was made from fragments of them. */
function readOutside(list: readonly (readonly number[])[], linkType: number): readonly string[] {
  const found: string[] = [];
  const decoder = new NetworkDecoder({
    onPacket: ({ bytes, start, end }) => {
      const text = new TextDecoder("latin1").decode(bytes.subarray(start, end));
      if (start > end || end > bytes.length || text.includes("sip:outside")) found.push(text);
    },
    onEvent: () => {},
    onIncident: () => {},
  });
  for (const [index, bytes] of list.entries()) {
    const buffer = Uint8Array.of(...around, ...bytes, ...around);
    decoder.push({
      capture: 0,
      number: index + 1,
      timeMicros: index * 1000,
      linkType,
      bytes: buffer,
      start: around.length,
      end: around.length + bytes.length,
      originalLength: bytes.length + (index % 3) * 40,
    });
  }
  decoder.flush();
  return found;
}
