import { HEP3_HEADER_LENGTH, hep3Length, isHep3 } from "../capture/hep.ts";
import type { StreamReader } from "./streamReader.ts";

/** Frames HEPv3 packets out of a stream by the length they announce. After a hole it begins where a segment begins with one. */
export class HepStream implements StreamReader {
  confirmed = false;
  done = false;
  readonly #onPacket: (bytes: Uint8Array, start: number, end: number) => void;
  /** The beginning of a packet; 64 KiB is the longest that can be announced. */
  #kept: Uint8Array = new Uint8Array(0);

  constructor(onPacket: (bytes: Uint8Array, start: number, end: number) => void) {
    this.#onPacket = onPacket;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    if (this.#kept.length === 0) return this.#read(bytes, start, end);
    const joined = new Uint8Array(this.#kept.length + end - start);
    joined.set(this.#kept);
    joined.set(bytes.subarray(start, end), this.#kept.length);
    this.#kept = new Uint8Array(0);
    this.#read(joined, 0, joined.length);
  }

  gap(): void {
    this.#kept = new Uint8Array(0);
  }

  close(): void {
    this.gap();
  }

  #read(bytes: Uint8Array, start: number, end: number): void {
    let position = start;
    while (end - position >= HEP3_HEADER_LENGTH) {
      // Out of step: what follows in these bytes cannot be told from payload.
      if (!isHep3(bytes, position, end)) return;
      const length = hep3Length(bytes, position);
      if (position + length > end) break;
      this.confirmed = true;
      this.#onPacket(bytes, position, position + length);
      position += length;
    }
    this.#kept = bytes.slice(position, end);
  }
}
