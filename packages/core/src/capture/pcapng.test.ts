import { expect, test } from "vitest";
import { CaptureReader } from "./captureReader.ts";
import { capturedBytes } from "./frame.fixture.ts";
import type { Frame } from "./frame.ts";
import type { Incident } from "./incident.ts";

/** Blocks of one byte order. */
class Section {
  readonly #little: boolean;
  constructor(little: boolean) {
    this.#little = little;
  }

  u16(...values: number[]): number[] {
    return values.flatMap((v) => (this.#little ? [v & 255, (v >>> 8) & 255] : [(v >>> 8) & 255, v & 255]));
  }

  u32(...values: number[]): number[] {
    return values.flatMap((v) => (this.#little ? this.u16(v & 0xffff, v >>> 16) : this.u16(v >>> 16, v & 0xffff)));
  }

  block(type: number, body: number[]): number[] {
    const padded = [...body, ...Array.from({ length: -body.length & 3 }, () => 0)];
    return [...this.u32(type, padded.length + 12), ...padded, ...this.u32(padded.length + 12)];
  }

  header(): number[] {
    return this.block(0x0a0d0d0a, [...this.u32(0x1a2b3c4d), ...this.u16(1, 0), ...this.u32(0xffffffff, 0xffffffff)]);
  }

  interface(linkType: number, snapLength = 0, options: number[] = []): number[] {
    return this.block(1, [...this.u16(linkType, 0), ...this.u32(snapLength), ...options]);
  }

  option(code: number, value: number[]): number[] {
    return [...this.u16(code, value.length), ...value, ...Array.from({ length: -value.length & 3 }, () => 0)];
  }

  enhanced(id: number, high: number, low: number, data: number[], original: number = data.length): number[] {
    return this.block(6, [...this.u32(id, high, low, data.length, original), ...data]);
  }
}

const little = new Section(true);
const big = new Section(false);

function read(...blocks: number[][]): { frames: Frame[]; incidents: Incident[] } {
  const frames: Frame[] = [];
  const incidents: Incident[] = [];
  const reader = new CaptureReader({
    capture: 0,
    onFrame: (f) => frames.push(f),
    onIncident: (i) => incidents.push(i),
  });
  reader.push(Uint8Array.from(blocks.flat()));
  reader.flush();
  return { frames, incidents };
}

/** High and low half of a time in units. */
function halves(units: bigint): [number, number] {
  return [Number(units >> 32n), Number(units & 0xffffffffn)];
}

const MICROS = 1_700_000_000_123_456n;

test("sections of different byte order follow each other, each with its own interfaces", () => {
  const { frames } = read(
    big.header(),
    big.interface(1),
    big.enhanced(0, ...halves(MICROS), [1, 2, 3, 4, 5]),
    little.header(),
    little.interface(101),
    little.enhanced(0, ...halves(MICROS), [6]),
  );
  expect(frames.map(({ linkType, timeMicros }) => [linkType, timeMicros])).toEqual([
    [1, Number(MICROS)],
    [101, Number(MICROS)],
  ]);
  expect([...capturedBytes(frames[0])]).toEqual([1, 2, 3, 4, 5]);
});

test.each([
  ["nanoseconds", [9], MICROS * 1000n + 789n],
  ["milliseconds", [3], MICROS / 1000n],
  ["2^-20 s", [0x80 | 20], (MICROS << 20n) / 1_000_000n],
] as const)("if_tsresol %s", (_, resolution, units) => {
  const options = little.option(9, [...resolution]);
  const { frames } = read(little.header(), little.interface(1, 0, options), little.enhanced(0, ...halves(units), [1]));
  expect(Math.abs(frames[0].timeMicros - Number(MICROS))).toBeLessThan(1000);
});

test("nanoseconds lose nothing above the microsecond", () => {
  const nanos = halves(MICROS * 1000n + 999n);
  const { frames } = read(
    little.header(),
    little.interface(1, 0, little.option(9, [9])),
    little.enhanced(0, ...nanos, [1]),
  );
  expect(frames[0].timeMicros).toBe(Number(MICROS));
});

test("if_tsoffset moves times, also before 1970", () => {
  const offset = [...little.u32(-100 >>> 0), ...little.u32(0xffffffff)];
  const { frames } = read(
    little.header(),
    little.interface(1, 0, little.option(14, offset)),
    little.enhanced(0, 0, 5, [1]),
  );
  expect(frames[0].timeMicros).toBe(-99_999_995);
});

test("simple packets are cut at the snap length and take the time of the frame before them", () => {
  const simple = little.block(3, [...little.u32(10), 1, 2, 3, 4]);
  const { frames, incidents } = read(little.header(), little.interface(1, 4), little.enhanced(0, 0, 77, [9]), simple);
  expect(frames[1]).toMatchObject({ timeMicros: 77, untimed: true, originalLength: 10 });
  expect([...capturedBytes(frames[1])]).toEqual([1, 2, 3, 4]);
  expect(incidents).toMatchObject([
    { kind: "times-missing", count: 1, frame: 2, values: { reason: "packets" } },
    { kind: "packets-cut", count: 1, frame: 2 },
  ]);
});

test("obsolete packet blocks are read, blocks of other kinds are skipped", () => {
  const packet = little.block(2, [...little.u16(0, 0), ...little.u32(0, 5, 2, 2), 1, 2]);
  const others = [4, 5, 10, 0xbad, 0x40000bad].map((type) => little.block(type, [1, 2, 3]));
  const { frames, incidents } = read(little.header(), little.interface(1), ...others, packet);
  expect(frames).toMatchObject([{ number: 1, timeMicros: 5 }]);
  expect(incidents).toEqual([]);
});

test("secrets of TLS connections are handed on, first of all that there may be some; other secrets are not", () => {
  const logs: string[] = [];
  const reader = new CaptureReader({ capture: 0, onFrame() {}, onIncident() {}, onKeyLog: (log) => logs.push(log) });
  const secrets = (kind: number, text: string): number[] => {
    const data = [...new TextEncoder().encode(text)];
    return little.block(10, [...little.u32(kind, data.length), ...data]);
  };
  const blocks = [little.header(), secrets(0x544c534b, "CLIENT_RANDOM a"), secrets(0x57474b4c, "wireguard")];
  reader.push(Uint8Array.from(blocks.flat()));
  reader.flush();
  expect(logs).toEqual(["", "CLIENT_RANDOM a"]);
});

test.each([
  ["an interface that was not described", little.enhanced(1, 0, 0, [1])],
  ["a length that cannot be", little.u32(6, 0xfffffff0, 0)],
  ["a length that is not a multiple of four", little.u32(6, 33, 0)],
  ["two different lengths", [...little.u32(5, 16), 0, 0, 0, 0, ...little.u32(20)]],
  ["captured bytes beyond the block", little.block(6, little.u32(0, 0, 0, 99, 99))],
])("%s stops the reading", (_, block) => {
  const { frames, incidents } = read(little.header(), little.interface(1), block, little.enhanced(0, 0, 0, [1]));
  expect(frames).toEqual([]);
  expect(incidents).toMatchObject([{ kind: "file-damaged", count: 1, frame: 1 }]);
});
