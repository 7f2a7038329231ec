import type { ByteOrder } from "./pcapng.ts";

/** What an Interface Description Block says that later blocks need. draft-ietf-opsawg-pcapng §4.2. */
export interface CaptureInterface {
  readonly linkType: number;
  /** 0 = no limit. */
  readonly snapLength: number;
  /** Microseconds since the epoch of a time given in the interface's units. */
  timeMicros(high: number, low: number): number;
}

const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;

/** `bytes[body, end)` is the body of the block. */
export function readCaptureInterface(bytes: Uint8Array, body: number, end: number, order: ByteOrder): CaptureInterface {
  let resolution = 6;
  let offsetMicros = 0;
  let option = body + 8;
  while (option + 4 <= end) {
    const code = order.uint16(bytes, option);
    const length = order.uint16(bytes, option + 2);
    const value = option + 4;
    if (code === 0 || value + length > end) break;
    if (code === IF_TSRESOL && length === 1) resolution = bytes[value];
    if (code === IF_TSOFFSET && length === 8) offsetMicros = signed64(bytes, value, order) * 1_000_000;
    option = value + ((length + 3) & ~3);
  }
  const micros = microsOf(resolution);
  return {
    linkType: order.uint16(bytes, body),
    snapLength: order.uint32(bytes, body + 4),
    timeMicros: (high, low) => micros(high, low) + offsetMicros,
  };
}

function signed64(bytes: Uint8Array, offset: number, order: ByteOrder): number {
  const isBig = order.uint16(ONE, 0) === 1;
  const high = order.uint32(bytes, isBig ? offset : offset + 4) | 0;
  const low = order.uint32(bytes, isBig ? offset + 4 : offset);
  return high * TWO_32 + low;
}

/** A resolution is a negative power of 10, or of 2 if its highest bit is set. */
function microsOf(resolution: number): (high: number, low: number) => number {
  if (resolution === 6) return (high, low) => high * TWO_32 + low;
  if (resolution === 9) return nanosecondsToMicros;
  const exponent = BigInt(resolution & 0x7f);
  const unitsPerSecond = (resolution & 0x80) === 0 ? 10n ** exponent : 2n ** exponent;
  return (high, low) => Number((((BigInt(high) << 32n) | BigInt(low)) * 1_000_000n) / unitsPerSecond);
}

/** 2^32 = 4294967 · 1000 + 296: divided in two parts, because nanoseconds since 1970 do not fit a double exactly. */
function nanosecondsToMicros(high: number, low: number): number {
  return high * 4_294_967 + Math.floor((high * 296 + low) / 1000);
}

const TWO_32 = 4_294_967_296;
const ONE: Uint8Array = new Uint8Array([0, 1]);
