const NO_BYTES: Uint8Array = new Uint8Array(0);
const SMALLEST_BUFFER = 2048;

/** What has come of a stream and was not read yet: `bytes[start, end)`. What lies before it is never written again. */
export class UnreadBytes {
  bytes: Uint8Array = NO_BYTES;
  start = 0;
  end = 0;

  get isEmpty(): boolean {
    return this.start === this.end;
  }

  /** Room is doubled, so that what comes byte by byte is not copied for each of them. */
  append(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (this.end + length > this.bytes.length && length > 0) {
      const unread = this.bytes.subarray(this.start, this.end);
      this.bytes = new Uint8Array(Math.max(SMALLEST_BUFFER, (unread.length + length) * 2));
      this.bytes.set(unread);
      this.start = 0;
      this.end = unread.length;
    }
    this.bytes.set(bytes.subarray(start, end), this.end);
    this.end += length;
  }

  forget(): void {
    this.bytes = NO_BYTES;
    this.start = this.end = 0;
  }
}
