import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CaptureReader } from "./captureReader.ts";
import { capturedBytes } from "./frame.fixture.ts";
import type { Frame } from "./frame.ts";
import type { Incident } from "./incident.ts";

const captures = new URL("../../../../fixtures/captures/", import.meta.url);

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, captures)));
}

function read(...chunks: Uint8Array[]): { frames: Frame[]; incidents: Incident[]; reader: CaptureReader } {
  const frames: Frame[] = [];
  const incidents: Incident[] = [];
  const reader = new CaptureReader({
    capture: 3,
    onFrame: (frame) => frames.push(frame),
    onIncident: (incident) => incidents.push(incident),
  });
  for (const chunk of chunks) reader.push(chunk);
  reader.flush();
  return { frames, incidents, reader };
}

function split(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length]);
    // A copy: a reader that looked beyond a chunk would find nothing.
    chunks.push(bytes.slice(at, at + size));
    at += size;
  }
  return chunks;
}

/** The frame wherever it was read. */
function withoutPlace(frame: Frame): object {
  return { ...frame, bytes: capturedBytes(frame), start: undefined, end: undefined };
}

interface Birth {
  file: string;
  packets?: number;
}

const births = JSON.parse(readFileSync(new URL("truth.json", captures), "utf8")) as Birth[];

test("a capture in a format that is not read is told by the program that writes it", () => {
  const { incidents, reader } = read(new TextEncoder().encode(`snoop\0\0\0${"\0".repeat(200)}`));
  expect(reader.format).toBe("unknown");
  expect(incidents).toMatchObject([{ kind: "capture-foreign", values: { program: "snoop" } }]);
});

describe("files", () => {
  test.each(births.filter((birth) => birth.packets !== undefined))("$file has $packets frames", ({ file, packets }) => {
    const { frames, reader } = read(fixture(file));
    expect(reader.frames).toBe(packets);
    expect(frames.map((frame) => frame.number)).toEqual(frames.map((_, index) => index + 1));
    expect(reader.format).toBe(file.endsWith("ng") ? "pcapng" : "pcap");
  });

  test("a frame carries its capture, time, link type and length", () => {
    const [first] = read(fixture("a-plain-200.pcap")).frames;
    expect(first).toMatchObject({ capture: 3, number: 1, linkType: 1, originalLength: capturedBytes(first).length });
    expect(new Date(first.timeMicros / 1000).getUTCFullYear()).toBeGreaterThan(2020);
  });

  test("frames of a whole chunk are places in it, not copies", () => {
    const bytes = fixture("a-plain-200.pcap");
    const { frames } = read(bytes);
    expect(frames.length).toBeGreaterThan(1);
    for (const frame of frames) expect(frame.bytes).toBe(bytes);
  });

  test("a file cut inside a record tells how many bytes are left over", () => {
    const { incidents, frames } = read(fixture("t-file-cut-mid-packet.pcap"));
    expect(frames).toHaveLength(19);
    expect(incidents).toEqual([{ kind: "file-cut", capture: 3, count: 1, frame: 19, values: { bytes: 182 } }]);
  });

  test("any chunking gives the same frames", () => {
    const files = ["a-plain-200.pcap", "r-pcapng-486.pcapng", "t-file-cut-mid-packet.pcap"].map(fixture);
    const whole = files.map((bytes) => read(bytes));
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 9 }),
        (file, sizes) => {
          const { frames, incidents, reader } = read(...split(files[file], sizes));
          expect(frames.map(withoutPlace)).toEqual(whole[file].frames.map(withoutPlace));
          expect(incidents).toEqual(whole[file].incidents);
          expect(reader.format).toBe(whole[file].reader.format);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("what is no capture stays unknown and is not an error", () => {
    const { reader, incidents } = read(fixture("README.md"));
    expect([reader.format, reader.frames, incidents]).toEqual(["unknown", 0, []]);
    expect(read().reader.format).toBe("unknown");
    expect(read(new Uint8Array([0xd4])).reader.format).toBe("unknown");
  });

  test("random bytes behind a magic never throw", () => {
    const magics = [
      [0xd4, 0xc3, 0xb2, 0xa1],
      [0xa1, 0xb2, 0xcd, 0x34],
      [10, 13, 13, 10, 28, 0, 0, 0, 77, 60, 43, 26],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 400 }), (magic, bytes) => {
        const { frames, reader } = read(Uint8Array.from([...magic, ...bytes]));
        expect(frames).toHaveLength(reader.frames);
      }),
    );
  });

  test("any changed byte of a file is data, not an exception", () => {
    const files = ["i-302.pcap", "r-pcapng-486.pcapng"].map(fixture);
    fc.assert(
      fc.property(fc.nat(1), fc.nat(4000), fc.nat(255), (file, at, value) => {
        const bytes = files[file].slice();
        bytes[at % bytes.length] = value;
        const { frames, incidents } = read(...split(bytes, [500]));
        const whole = read(bytes);
        expect([frames.map(withoutPlace), incidents]).toEqual([whole.frames.map(withoutPlace), whole.incidents]);
      }),
      { numRuns: 300 },
    );
  });
});
