import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";

const chunkBytes = 256 * 1024;
/** No line of a key log is longer. */
const longestLine = 1024;

/** A TLS key log to which programs still write; of a pipe nothing, which can be read once. One that is begun anew, or moved away and made again, is read from its beginning. */
export class GrowingKeyLog {
  readonly #path: string;
  #inode = 0;
  #offset = 0;
  /** The beginning of a line whose end was not written yet. */
  #rest = "";

  constructor(path: string) {
    this.#path = path;
  }

  /** The whole lines that have come since the last time; none where the file is not there just now. */
  read(): string {
    let descriptor: number;
    try {
      if (!statSync(this.#path).isFile()) return "";
      descriptor = openSync(this.#path, "r");
    } catch {
      return "";
    }
    try {
      return this.#readFrom(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  #readFrom(descriptor: number): string {
    const { ino, size } = fstatSync(descriptor);
    if (ino !== this.#inode || size < this.#offset) {
      this.#inode = ino;
      this.#offset = 0;
      this.#rest = "";
    }
    let lines = "";
    while (this.#offset < size) {
      const chunk = Buffer.alloc(Math.min(chunkBytes, size - this.#offset));
      const length = readSync(descriptor, chunk, 0, chunk.length, this.#offset);
      if (length === 0) break;
      this.#offset += length;
      lines += this.#wholeLines(chunk.toString("latin1", 0, length));
    }
    return lines;
  }

  #wholeLines(text: string): string {
    const all = this.#rest + text;
    const end = all.lastIndexOf("\n") + 1;
    this.#rest = all.slice(Math.max(end, all.length - longestLine));
    return all.slice(0, end);
  }
}
