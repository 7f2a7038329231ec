import { expect, test } from "vitest";
import { CaptureReader } from "./captureReader.ts";
import { capturedBytes } from "./frame.fixture.ts";
import type { Frame } from "./frame.ts";
import type { Incident } from "./incident.ts";

interface FileOptions {
  magic?: number;
  littleEndian?: boolean;
  network?: number;
  extra?: number;
}

type RecordFields = [seconds: number, fraction: number, captured: number, original: number];

function file(records: readonly RecordFields[], options: FileOptions = {}): Uint8Array {
  const { magic = 0xa1b2c3d4, littleEndian = true, network = 1, extra = 0 } = options;
  const length = records.reduce((sum, [, , captured]) => sum + 16 + extra + Math.min(captured, 64), 24);
  const view = new DataView(new ArrayBuffer(length));
  view.setUint32(0, magic, littleEndian);
  view.setUint32(20, network, littleEndian);
  let at = 24;
  for (const record of records) {
    for (const [i, value] of record.entries()) view.setUint32(at + i * 4, value, littleEndian);
    at += 16 + extra + Math.min(record[2], 64);
  }
  return new Uint8Array(view.buffer);
}

function read(bytes: Uint8Array): { frames: Frame[]; incidents: Incident[] } {
  const frames: Frame[] = [];
  const incidents: Incident[] = [];
  const reader = new CaptureReader({
    capture: 0,
    onFrame: (f) => frames.push(f),
    onIncident: (i) => incidents.push(i),
  });
  reader.push(bytes);
  reader.flush();
  return { frames, incidents };
}

test.each([true, false])("both byte orders and resolutions are read (little-endian: %s)", (littleEndian) => {
  const micros = read(file([[1_700_000_000, 123_456, 4, 4]], { littleEndian }));
  expect(micros.frames).toMatchObject([{ timeMicros: 1_700_000_000_123_456, linkType: 1, originalLength: 4 }]);
  const nanos = read(file([[1_700_000_000, 123_456_789, 4, 4]], { littleEndian, magic: 0xa1b23c4d }));
  expect(nanos.frames[0].timeMicros).toBe(1_700_000_000_123_456);
});

test("the variant with longer record headers is read", () => {
  const { frames } = read(
    file(
      [
        [1, 0, 4, 4],
        [2, 0, 8, 8],
      ],
      { magic: 0xa1b2cd34, extra: 8 },
    ),
  );
  expect(frames.map((frame) => capturedBytes(frame).length)).toEqual([4, 8]);
});

test("the upper half of the link type field is not part of the link type", () => {
  expect(read(file([[1, 0, 4, 4]], { network: 0xf0000071 })).frames[0].linkType).toBe(113);
});

test("times up to 2106 survive", () => {
  expect(read(file([[0xffffffff, 999_999, 0, 0]])).frames[0].timeMicros).toBe(4_294_967_295_999_999);
});

test("a record of a length that cannot be stops the reading", () => {
  const { frames, incidents } = read(
    file([
      [1, 0, 4, 4],
      [2, 0, 0xfffffff0, 4],
    ]),
  );
  expect(frames).toHaveLength(1);
  expect(incidents).toEqual([{ kind: "file-damaged", capture: 0, count: 1, frame: 2, values: undefined }]);
});

test("packets cut by the snap length are counted once per kind", () => {
  const { incidents } = read(
    file([
      [1, 0, 4, 4],
      [1, 1, 4, 90],
      [1, 2, 4, 90],
    ]),
  );
  expect(incidents).toMatchObject([{ kind: "packets-cut", count: 2, frame: 2 }]);
});

test("a clock that goes back by more than a second is told, less is not", () => {
  expect(
    read(
      file([
        [100, 0, 4, 4],
        [99, 0, 4, 4],
      ]),
    ).incidents,
  ).toEqual([]);
  expect(
    read(
      file([
        [100, 0, 4, 4],
        [40, 0, 4, 4],
      ]),
    ).incidents,
  ).toMatchObject([{ kind: "clock-stepped", frame: 2, values: { seconds: 60 } }]);
});

test("a file that ends in its own header is cut", () => {
  expect(read(file([]).subarray(0, 10)).incidents).toMatchObject([{ kind: "file-cut", values: { bytes: 10 } }]);
});
