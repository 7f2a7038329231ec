import { HEP3_HEADER_LENGTH, hep3Length, isHep3 } from "../capture/hep.ts";
import type { StreamReader } from "./streamReader.ts";

/** Frames HEPv3 packets out of a stream by the length they announce. After a hole it begins where a segment begins with one. */
export class HepStream implements StreamReader {
  confirmed = false;
  done = false;
  readonly #onPacket: (bytes: Uint8Array, start: number, end: number) => void;
  /** The beginning of a packet: `#kept[#start, #end)`; 64 KiB is the longest that can be announced. What lies before it is never written again. */
  #kept: Uint8Array = NO_BYTES;
  #start = 0;
  #end = 0;

  constructor(onPacket: (bytes: Uint8Array, start: number, end: number) => void) {
    this.#onPacket = onPacket;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    if (this.#start === this.#end) {
      this.#keep(bytes, this.#read(bytes, start, end), end);
      return;
    }
    this.#keep(bytes, start, end);
    this.#start = this.#read(this.#kept, this.#start, this.#end);
    if (this.#start === this.#end) this.gap();
  }

  gap(): void {
    this.#kept = NO_BYTES;
    this.#start = this.#end = 0;
  }

  close(): void {
    this.gap();
  }

  /** Gives the offset of the first byte that must come again with more behind it. */
  #read(bytes: Uint8Array, start: number, end: number): number {
    let position = start;
    while (end - position >= HEP3_HEADER_LENGTH) {
      // Out of step: what follows in these bytes cannot be told from payload.
      if (!isHep3(bytes, position, end)) return end;
      const length = hep3Length(bytes, position);
      if (position + length > end) break;
      this.confirmed = true;
      this.#onPacket(bytes, position, position + length);
      position += length;
    }
    return position;
  }

  /** Room is doubled, so that a packet that comes byte by byte is not copied for each of them. */
  #keep(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (this.#end + length > this.#kept.length && length > 0) {
      const kept = this.#kept.subarray(this.#start, this.#end);
      this.#kept = new Uint8Array(Math.max(SMALLEST_BUFFER, (kept.length + length) * 2));
      this.#kept.set(kept);
      this.#start = 0;
      this.#end = kept.length;
    }
    this.#kept.set(bytes.subarray(start, end), this.#end);
    this.#end += length;
  }
}

const NO_BYTES: Uint8Array = new Uint8Array(0);
const SMALLEST_BUFFER = 1024;
