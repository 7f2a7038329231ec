import { wordsOf } from "./words.ts";

/** An odd number whose bits are well mixed: 2^32 divided by the golden ratio. */
const MIX = 0x9e3779b1;

/**
 * Which octets were seen lately. A slot holds one run of octets and a newer one replaces it, so the memory is bounded; who remembers
 * something for them keeps it in an array by slot.
 */
export class OctetTable {
  readonly slots: number;
  /** Longer runs have no place here: they hardly repeat. */
  readonly longest: number;
  /** `longest` apart: comparing bytes with bytes costs a third of comparing them with characters. */
  readonly #octets: Uint8Array;
  readonly #words: DataView;
  readonly #lengths: Uint16Array;

  constructor(slots: number, longest: number) {
    this.slots = slots;
    this.longest = longest;
    this.#octets = new Uint8Array(slots * longest);
    this.#words = new DataView(this.#octets.buffer);
    this.#lengths = new Uint16Array(slots);
  }

  /** Where `bytes[start, end)` is if it is here. */
  slotOf(bytes: Uint8Array, start: number, end: number): number {
    return hash(bytes, wordsOf(bytes), start, end) & (this.slots - 1);
  }

  holds(slot: number, bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    return this.#lengths[slot] === length && this.#isSame(slot * this.longest, bytes, start, length);
  }

  put(slot: number, bytes: Uint8Array, start: number, end: number): void {
    const at = slot * this.longest - start;
    this.#lengths[slot] = end - start;
    for (let i = start; i < end; i++) this.#octets[at + i] = bytes[i];
  }

  #isSame(at: number, bytes: Uint8Array, start: number, length: number): boolean {
    const octets = this.#octets;
    if (length < 4) {
      for (let i = 0; i < length; i++) if (octets[at + i] !== bytes[start + i]) return false;
      return true;
    }
    const words = wordsOf(bytes);
    const own = this.#words;
    const from = start + bytes.byteOffset;
    const last = length - 4;
    for (let i = 0; i < last; i += 4) {
      if (own.getInt32(at + i, true) !== words.getInt32(from + i, true)) return false;
    }
    return own.getInt32(at + last, true) === words.getInt32(from + last, true);
  }
}

/** Four bytes at a time, the last four once more if need be. */
function hash(bytes: Uint8Array, words: DataView, start: number, end: number): number {
  let value = end - start;
  if (value < 4) {
    for (let i = start; i < end; i++) value = Math.imul(value ^ bytes[i], MIX);
  } else {
    const last = end - 4 + bytes.byteOffset;
    for (let i = start + bytes.byteOffset; i < last; i += 4) {
      value = Math.imul(value ^ words.getInt32(i, true), MIX) ^ (value >>> 15);
    }
    value = Math.imul(value ^ words.getInt32(last, true), MIX);
  }
  return value ^ (value >>> 15);
}
