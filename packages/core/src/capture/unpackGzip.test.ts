import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Incident } from "./incident.ts";
import { unpackGzip } from "./unpackGzip.ts";

const capture = new Uint8Array(
  readFileSync(new URL("../../../../fixtures/captures/b-refer-success.pcap", import.meta.url)),
);
const packed = new Uint8Array(gzipSync(capture));

async function unpack(chunks: Iterable<Uint8Array>): Promise<{ bytes: Uint8Array; incidents: Incident[] }> {
  const incidents: Incident[] = [];
  const parts: Uint8Array[] = [];
  const options = { capture: 0, onIncident: (incident: Incident): number => incidents.push(incident) };
  for await (const part of unpackGzip(chunks[Symbol.iterator](), options)) parts.push(part);
  return { bytes: joined(parts), incidents };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function chunked(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  return chunks;
}

describe("a gzip file", () => {
  test.for([1, 100, 1_000_000])("gives what was packed, in chunks of %i", async (size) => {
    expect(await unpack(chunked(packed, size))).toEqual({ bytes: capture, incidents: [] });
  });

  test("that is cut gives what there is and says so", async () => {
    const { bytes, incidents } = await unpack([packed.subarray(0, packed.length - 500)]);
    expect(incidents).toEqual([{ kind: "file-cut", capture: 0, count: 1 }]);
    expect(capture.subarray(0, bytes.length)).toEqual(bytes);
  });

  test("that is damaged says so", async () => {
    const damaged = packed.slice();
    damaged.fill(0xff, 40, 400);
    expect((await unpack([damaged])).incidents).toMatchObject([{ kind: "file-damaged" }]);
  });

  test("that would fill the machine is given up, and that is said", async () => {
    const zeros = new Uint8Array(gzipSync(new Uint8Array(80 * 1024 * 1024)));
    const { bytes, incidents } = await unpack([zeros]);
    expect(incidents).toMatchObject([{ kind: "limit-reached", values: { limit: "gzip-ratio" } }]);
    expect(bytes.length).toBeLessThan(66 * 1024 * 1024);
  });
});

test("any other file is given as it is, also one of a single byte or none", async () => {
  for (const bytes of [capture, Uint8Array.of(0x1f), new Uint8Array(0)]) {
    expect((await unpack(chunked(bytes, 1000))).bytes).toEqual(bytes);
  }
});

test("an error of whoever reads the file is passed on", async () => {
  function* failing(): Generator<Uint8Array> {
    yield packed.subarray(0, 100);
    throw new Error("the disk is gone");
  }
  await expect(unpack(failing())).rejects.toThrow("the disk is gone");
});
