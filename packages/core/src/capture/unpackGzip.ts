import type { Incident } from "./incident.ts";

/** Captures shrink to a tenth, logs to a fiftieth. What grows by more than this is made to fill the machine that unpacks it. */
export const GZIP_RATIO_LIMIT = 250;
/** Before this much came out nothing is judged. */
const JUDGED_AFTER_BYTES: number = 64 * 1024 * 1024;

export type ByteSource = Iterator<Uint8Array> | AsyncIterator<Uint8Array>;

export interface UnpackOptions {
  /** Index of the capture, from 0. */
  readonly capture: number;
  onIncident(incident: Incident): void;
}

/**
 * The chunks of a file, unpacked if it is gzip (RFC 1952), which its first bytes tell; otherwise as they are. A damaged or cut file gives
 * what could be unpacked. Errors of the source are passed on.
 */
export async function* unpackGzip(source: ByteSource, options: UnpackOptions): AsyncGenerator<Uint8Array> {
  const head: Uint8Array[] = [];
  while (lengthOf(head) < 2) {
    const { done, value } = await source.next();
    if (done === true) break;
    head.push(value);
  }
  if (isGzip(head)) yield* unpacked(chained(head, source), options);
  else yield* chained(head, source);
}

function lengthOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}

function isGzip(head: readonly Uint8Array[]): boolean {
  const [first, second] = head.flatMap((chunk) => [...chunk.subarray(0, 2)]);
  return first === 0x1f && second === 0x8b;
}

async function* chained(head: readonly Uint8Array[], source: ByteSource): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    for (;;) {
      const { done, value } = await source.next();
      if (done === true) return;
      yield value;
    }
  } finally {
    await source.return?.();
  }
}

async function* unpacked(
  packed: AsyncGenerator<Uint8Array>,
  { capture, onIncident }: UnpackOptions,
): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream("gzip");
  const reader = stream.readable.getReader();
  const feed = new GzipFeed(stream);
  const feeding = feed.run(packed);
  let bytes = 0;
  for (;;) {
    const next = await reader.read().catch(reasonOf);
    if (typeof next === "string") {
      await feeding;
      return onIncident({ kind: saysCut(next) ? "file-cut" : "file-damaged", capture, count: 1 });
    }
    if (next.done || next.value === undefined) return await feeding;
    bytes += next.value.length;
    if (bytes > JUDGED_AFTER_BYTES && bytes > feed.bytes * GZIP_RATIO_LIMIT) {
      onIncident({ kind: "limit-reached", capture, count: 1, values: { limit: "gzip-ratio" } });
      feed.stopped = true;
      await reader.cancel();
      return await feeding;
    }
    yield next.value;
  }
}

/** Node has it in the cause. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error);
}

/** What Node and browsers say of a stream that ends too early; there is nothing else to tell it by. */
function saysCut(error: string): boolean {
  return error.includes("unexpected end") || error.includes("truncated");
}

/** Writes packed bytes into a stream as fast as it takes them. */
class GzipFeed {
  /** Packed bytes given so far. */
  bytes = 0;
  stopped = false;
  readonly #writer: ReturnType<DecompressionStream["writable"]["getWriter"]>;

  constructor(stream: DecompressionStream) {
    this.#writer = stream.writable.getWriter();
  }

  /** Throws only what reading the source throws; that the stream takes no more shows where it is read. */
  async run(packed: AsyncGenerator<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of packed) {
        this.bytes += chunk.length;
        if (this.stopped || !(await this.#write(chunk))) return;
      }
    } catch (error) {
      await this.#writer.abort().catch(() => {});
      throw error;
    }
    await this.#writer.close().catch(() => {});
  }

  #write(chunk: Uint8Array): Promise<boolean> {
    return this.#writer.write(chunk).then(
      () => true,
      () => false,
    );
  }
}
