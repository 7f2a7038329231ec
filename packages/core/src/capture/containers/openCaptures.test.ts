import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joined } from "../../bytes/joined.ts";
import { containerLimits } from "./containerLimits.ts";
import { openCaptures } from "./openCaptures.ts";
import { tarOf } from "./tar.fixture.ts";
import type { UnplacedIncident } from "./unpacking.ts";

const capture = new Uint8Array(
  readFileSync(new URL("../../../../../fixtures/captures/b-refer-success.pcap", import.meta.url)),
);
const packed = gzip(capture);

function gzip(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(bytes));
}

interface Unpacked {
  readonly name: string;
  readonly container?: string;
  readonly bytes: Uint8Array;
  readonly incidents: readonly UnplacedIncident[];
}

async function unpack(chunks: Iterable<Uint8Array>): Promise<Unpacked[]> {
  const found: Unpacked[] = [];
  for (const { chunks: parts, ...opened } of await openCaptures("in", chunks[Symbol.iterator](), {})) {
    const bytes: Uint8Array[] = [];
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) bytes.push(next.value);
    found.push({ ...opened, bytes: joined(bytes) });
  }
  return found;
}

function chunked(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  return chunks;
}

const kinds = (incidents: readonly UnplacedIncident[]): string[] =>
  incidents.map(({ kind, values }) => [kind, ...Object.values(values ?? {})].join(" "));

describe("a gzip file", () => {
  test.for([1, 100, 1_000_000])("gives what was packed, in chunks of %i", async (size) => {
    expect(await unpack(chunked(packed, size))).toEqual([{ name: "in", bytes: capture, incidents: [] }]);
  });

  test("that is cut gives what there is and says so", async () => {
    const [{ bytes, incidents }] = await unpack([packed.subarray(0, packed.length - 500)]);
    expect(kinds(incidents)).toEqual(["file-cut"]);
    expect(bytes.length).toBeGreaterThan(0);
    expect(capture.subarray(0, bytes.length)).toEqual(bytes);
  });

  test("that is damaged says so", async () => {
    const damaged = packed.slice();
    damaged.fill(0xff, 40, 400);
    expect(kinds((await unpack([damaged]))[0].incidents)).toEqual(["file-damaged"]);
  });

  test("that would fill the machine is given up, and that is said, however deep it lies", async () => {
    const zeros = new Uint8Array(80 * 1024 * 1024);
    for (const bomb of [gzip(zeros), gzip(gzip(zeros))]) {
      const [{ bytes, incidents }] = await unpack([bomb]);
      expect(kinds(incidents)).toEqual(["limit-reached unpacked-ratio"]);
      expect(bytes.length).toBeLessThan(66 * 1024 * 1024);
    }
  });
});

test("any other file is given as it is, also one of a single byte or none", async () => {
  for (const bytes of [capture, Uint8Array.of(0x1f), new Uint8Array(0)]) {
    expect(await unpack(chunked(bytes, 1000))).toEqual([{ name: "in", bytes, incidents: [] }]);
  }
});

test("an error of whoever reads the file is passed on", async () => {
  function* failing(): Generator<Uint8Array> {
    yield packed.subarray(0, 600);
    throw new Error("the disk is gone");
  }
  await expect(unpack(failing())).rejects.toThrow("the disk is gone");
});

test("what nobody here unpacks is named", async () => {
  const magics = {
    xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0],
    zstd: [0x28, 0xb5, 0x2f, 0xfd],
    "7z": [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
  };
  for (const [name, magic] of Object.entries(magics)) {
    expect(kinds((await unpack([Uint8Array.from(magic)]))[0].incidents)).toEqual([`container-unread ${name}`]);
  }
});

describe("a tar", () => {
  const tar = tarOf([
    { name: "a/day1.pcap", bytes: capture },
    { name: "a/", bytes: new Uint8Array(0), type: "5" },
    { name: "link", bytes: new Uint8Array(0), type: "2" },
    { name: `${"deep/".repeat(30)}day2.pcap.gz`, bytes: packed },
    { name: "._day1.pcap", bytes: capture },
    { name: "picture.png", bytes: Uint8Array.from({ length: 200 }, (_, index) => index) },
  ]);

  test.for([1, 511, 1_000_000])("is its files, each a capture with its name, in chunks of %i", async (size) => {
    const found = await unpack(chunked(tar, size));
    expect(found.map(({ name, container, bytes }) => [name, container, bytes])).toEqual([
      ["in/a/day1.pcap", "in", capture],
      [`in/${"deep/".repeat(30)}day2.pcap.gz`, "in", capture],
    ]);
    expect(found.map(({ incidents }) => kinds(incidents))).toEqual([["members-skipped"], []]);
  });

  test("that is cut gives what there is, and the file it ends in is cut", async () => {
    const found = await unpack([tar.subarray(0, 5000)]);
    expect(found.map(({ bytes, incidents }) => [bytes.length, kinds(incidents)])).toEqual([[5000 - 512, ["file-cut"]]]);
  });

  test("whose header makes no sense is read so far", async () => {
    const damaged = tar.slice();
    damaged[512 + Math.ceil(capture.length / 512) * 512 + 3] ^= 1;
    const found = await unpack([damaged]);
    expect(found.map(({ name, incidents }) => [name, kinds(incidents)])).toEqual([
      ["in/a/day1.pcap", ["file-damaged"]],
    ]);
  });

  test("has as many files as anybody would want, and no more", async () => {
    const many = Array.from({ length: 600 }, (_, index) => ({
      name: `${index}.pcap`,
      bytes: capture.subarray(0, 100),
    }));
    const found = await unpack([tarOf(many)]);
    expect(found).toHaveLength(containerLimits["container-members"]);
    expect(kinds(found[0].incidents)).toEqual(["limit-reached container-members"]);
  });

  test("of more bytes than can be held is cut where the room ends", async () => {
    const header = tarOf([{ name: "big.pcap", bytes: new Uint8Array(0), size: 7_000_000_000 }]).subarray(0, 512);
    function* endless(): Generator<Uint8Array> {
      yield header;
      yield capture;
      // The same memory again and again: what is held are views.
      const block = new Uint8Array(64 * 1024 * 1024);
      for (;;) yield block;
    }
    const [opened] = await openCaptures("in", endless(), {});
    expect(kinds(opened.incidents)).toEqual(["file-cut", "limit-reached container-bytes"]);
  });

  test("in a tar in a tar ends somewhere", async () => {
    let nested: Uint8Array = capture;
    for (let depth = 0; depth < 6; depth++) nested = tarOf([{ name: "x", bytes: nested }]);
    expect(kinds((await unpack([nested]))[0].incidents)).toEqual(["limit-reached container-depth"]);
  });

  test("of whatever bytes neither throws nor hangs", async () => {
    const small = tarOf([
      { name: "one.pcap", bytes: capture.subarray(0, 700) },
      { name: "long/".repeat(40), bytes: packed.subarray(0, 600) },
    ]);
    const changes = fc.array(fc.tuple(fc.nat(small.length - 1), fc.nat(255)), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(small.length), async (changed, length) => {
        const bytes = small.slice(0, length);
        for (const [at, value] of changed) if (at < length) bytes[at] = value;
        for (const { bytes: unpackedBytes } of await unpack([bytes])) {
          expect(unpackedBytes.length).toBeLessThan(1_000_000);
        }
      }),
      { numRuns: 200 },
    );
  });
});
