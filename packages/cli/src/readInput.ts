import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Why an input cannot be read; the sentence is `error.input.<kind>` in content/<lang>/help.json. */
export interface InputProblem {
  readonly kind: "missing" | "denied" | "directory" | "unreadable" | "empty" | "not-a-capture" | "unread";
  readonly reason?: string;
}

/** A capture file, or standard input under the name `-`, read in chunks. An error ends the chunks and is found in `problem`. */
export class Input {
  readonly name: string;
  /** Known before reading for files only. */
  sizeBytes = 0;
  bytesRead = 0;
  problem: InputProblem | undefined;
  /** -1 where there is no file to read. */
  readonly #descriptor: number = -1;
  readonly #stdin: AsyncIterable<Uint8Array>;
  /** Chunks of the file that somebody may look at, and those that nobody does any more. */
  readonly #lent: WeakSet<Uint8Array> = new WeakSet();
  readonly #spare: Uint8Array[] = [];

  constructor(name: string, stdin: AsyncIterable<Uint8Array>) {
    this.name = name;
    this.#stdin = stdin;
    if (name === "-") return;
    try {
      this.#descriptor = openSync(name, "r");
      const stat = fstatSync(this.#descriptor);
      this.sizeBytes = stat.size;
      if (stat.isDirectory()) this.problem = { kind: "directory" };
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  /** The bytes in order; each chunk is new memory, because what is read from it are views, or memory that was given back. */
  async *chunks(onChunk: () => void): AsyncGenerator<Uint8Array> {
    try {
      const source = this.name === "-" ? this.#stdin : this.#fileChunks();
      for await (const chunk of source) {
        this.bytesRead += chunk.length;
        onChunk();
        yield chunk;
      }
    } catch (error) {
      this.problem = problemOf(error);
    }
    if (this.bytesRead === 0) this.problem ??= { kind: "empty" };
  }

  /** Nobody looks at this chunk any more. Others than whole chunks of this file are not taken. */
  giveBack(chunk: Uint8Array): void {
    if (this.#lent.delete(chunk)) this.#spare.push(chunk);
  }

  *#fileChunks(): Generator<Uint8Array> {
    try {
      for (;;) {
        const chunk = this.#spare.pop() ?? new Uint8Array(chunkBytes);
        const length = readSync(this.#descriptor, chunk);
        if (length === 0) return;
        this.#lent.add(chunk);
        yield length === chunkBytes ? chunk : chunk.subarray(0, length);
      }
    } finally {
      closeSync(this.#descriptor);
    }
  }
}

export function problemOf(error: unknown): InputProblem {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return { kind: "missing" };
  if (code === "EACCES" || code === "EPERM") return { kind: "denied" };
  if (code === "EISDIR") return { kind: "directory" };
  return { kind: "unreadable", reason: code ?? message };
}

const chunkBytes = 512 * 1024;
