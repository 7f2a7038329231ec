/** What is held at most: whatever is beyond it waits no longer. */
const MOST_BYTES = 16 * 1024 * 1024;

interface Held {
  readonly chunk: Uint8Array;
  readonly millis: number;
}

/** Chunks that wait for a time before they are read, in the order in which they came. */
export class HeldChunks {
  readonly #onChunk: (chunk: Uint8Array) => void;
  readonly #chunks: Held[] = [];
  #bytes = 0;

  constructor(onChunk: (chunk: Uint8Array) => void) {
    this.#onChunk = onChunk;
  }

  push(chunk: Uint8Array, millis: number): void {
    this.#chunks.push({ chunk, millis });
    this.#bytes += chunk.length;
    while (this.#bytes > MOST_BYTES) this.#letFirstGo();
  }

  /** Lets those go that came by then. */
  release(untilMillis: number): void {
    while (this.#chunks.length > 0 && this.#chunks[0].millis <= untilMillis) this.#letFirstGo();
  }

  #letFirstGo(): void {
    const { chunk } = this.#chunks.shift()!;
    this.#bytes -= chunk.length;
    this.#onChunk(chunk);
  }
}
