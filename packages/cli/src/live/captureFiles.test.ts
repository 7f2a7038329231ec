import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CaptureFiles, type Rotation } from "./captureFiles.ts";

let folder = "";
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "sipwhy-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const header = Uint8Array.from({ length: 24 }, (_, index) => (index === 0 ? 0xd4 : index === 1 ? 0xc3 : index));
/** A record of so many bytes, all of them `fill`. */
function record(length: number, fill: number): Uint8Array {
  const bytes = new Uint8Array(16 + length).fill(fill, 16);
  new DataView(bytes.buffer).setUint32(8, length, true);
  return bytes;
}

function capture(rotation: Rotation, now = (): number => 0): { files: CaptureFiles; failures: string[] } {
  const failures: string[] = [];
  const files = new CaptureFiles(
    join(folder, "sip.pcap"),
    rotation,
    (path, reason) => failures.push(`${path.slice(folder.length + 1)} ${reason}`),
    now,
  );
  expect(files.open()).toBe(true);
  return { files, failures };
}

const written = (): readonly string[] => readdirSync(folder).sort();
const contents = (name: string): Buffer => readFileSync(join(folder, name));

describe("what is captured is written", () => {
  test("byte for byte into one file that only its owner reads, whatever the chunks", () => {
    const whole = Buffer.concat([header, record(40, 1), record(0, 2), record(70, 3)]);
    const { files } = capture({});
    for (const byte of whole) files.push(Uint8Array.of(byte));
    files.close();
    expect(contents("sip.pcap")).toEqual(whole);
    expect(statSync(join(folder, "sip.pcap")).mode & 0o777).toBe(0o600);
    expect(files.totals).toEqual({ files: 1, bytes: whole.length, latest: join(folder, "sip.pcap") });
  });

  test("into files of a size, each a capture of its own, named by number and time", () => {
    const { files } = capture({ bytes: 150 }, () => Date.UTC(2026, 10, 22, 7, 4, 11));
    files.push(Buffer.concat([header, record(40, 1)]));
    for (const fill of [2, 3, 4, 5]) files.push(record(40, fill));
    files.close();
    const names = written();
    expect(names).toEqual(["0001", "0002", "0003"].map((number) => `sip-${number}-20261122T070411Z.pcap`));
    expect(contents(names[0])).toEqual(Buffer.concat([header, record(40, 1), record(40, 2)]));
    expect(contents(names[2])).toEqual(Buffer.concat([header, record(40, 5)]));
  });

  test("into files of a time, of which the oldest are removed and nobody else's", () => {
    writeFileSync(join(folder, "sip-0000-other.pcap"), "not ours");
    let millis = 0;
    const { files } = capture({ seconds: 60, files: 2 }, () => millis);
    files.push(header);
    for (const fill of [1, 2, 3, 4]) {
      files.push(record(10, fill));
      millis += 60_000;
    }
    files.close();
    expect(written().map((name) => name.slice(0, 8))).toEqual(["sip-0000", "sip-0003", "sip-0004"]);
    expect(files.totals).toMatchObject({ files: 4 });
  });

  test("also where nothing came: an empty capture", () => {
    const { files } = capture({});
    files.push(header);
    files.close();
    expect(contents("sip.pcap")).toEqual(Buffer.from(header));
  });
});

test("a file that is there is not written over", () => {
  writeFileSync(join(folder, "sip.pcap"), "precious");
  const failures: string[] = [];
  const files = new CaptureFiles(join(folder, "sip.pcap"), {}, (_path, reason) => failures.push(reason));
  expect(files.open()).toBe(false);
  files.push(header);
  expect([failures, contents("sip.pcap").toString()]).toEqual([["EEXIST"], "precious"]);
});

test("when writing fails it is said once and nothing more is written", () => {
  const { files, failures } = capture({ bytes: 100 }, () => 0);
  files.push(Buffer.concat([header, record(40, 1)]));
  rmSync(folder, { recursive: true });
  for (let count = 0; count < 5; count++) files.push(record(80, 2));
  files.close();
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatch(/ENOENT$/u);
  writeFileSync(folder, "");
});
