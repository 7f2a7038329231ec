const RADIXES: readonly number[] = [16, 10, 8];

/** The offsets of one dump: hexadecimal, decimal, or octal as `od` has them unless it is told otherwise. */
export class DumpOffsets {
  #radix = 0;

  /** `length`: how many bytes came before it. Only what follows on the first line can tell what its digits are. */
  read(offset: string, length: number): number {
    if (length === 0) return Number.parseInt(offset, 16);
    if (this.#radix === 0)
      this.#radix = RADIXES.find((radix) => Number.parseInt(offset, radix) === length) ?? RADIXES[0];
    return Number.parseInt(offset, this.#radix);
  }
}
