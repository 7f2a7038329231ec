import { Utf16Units } from "./utf16Units.ts";

export type ByteOrder = "little" | "big";

/** Turns UTF-16 into UTF-8, chunk by chunk. */
export class Utf16Text {
  readonly #order: ByteOrder;
  /** The first byte of a unit whose second has not come. */
  #half = -1;
  readonly #units: Utf16Units = new Utf16Units();

  constructor(order: ByteOrder) {
    this.#order = order;
  }

  toUtf8(bytes: Uint8Array, start: number): Uint8Array {
    // A unit of two bytes gives three at most.
    const utf8 = new Uint8Array(((bytes.length - start + 1) >> 1) * 3 + 3);
    let length = 0;
    for (let at = start; at < bytes.length; at++) {
      if (this.#half < 0) {
        this.#half = bytes[at];
        continue;
      }
      const text = this.#unit(this.#order === "little" ? bytes[at] * 256 + this.#half : this.#half * 256 + bytes[at]);
      this.#half = -1;
      for (let i = 0; i < text.length; i++) utf8[length++] = text.charCodeAt(i);
    }
    return utf8.subarray(0, length);
  }

  #unit(unit: number): string {
    const text = this.#units.textOf(unit);
    return unit === BYTE_ORDER_MARK ? "" : text;
  }
}

const BYTE_ORDER_MARK = 0xfeff;
