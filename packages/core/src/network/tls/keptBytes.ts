/** Bytes of something that has come in part. The buffer grows with what has come, not with what is announced. */
export class KeptBytes {
  bytes: Uint8Array = NO_BYTES;
  length = 0;

  /** `wanted`: as long as it can get. */
  append(bytes: Uint8Array, start: number, end: number, wanted: number): void {
    const length = this.length + end - start;
    if (length > this.bytes.length) {
      const grown = new Uint8Array(Math.min(wanted, length * 2));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    this.bytes.set(bytes.subarray(start, end), this.length);
    this.length = length;
  }

  /** The bytes kept so far, which are not written to again. */
  take(): Uint8Array {
    const kept = this.bytes.subarray(0, this.length);
    this.bytes = NO_BYTES;
    this.length = 0;
    return kept;
  }
}

const NO_BYTES: Uint8Array = new Uint8Array(0);
