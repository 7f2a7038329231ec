import type { Decompressor } from "./unpacking.ts";

/** gzip (RFC 1952), which every platform unpacks. */
export const gunzip: Decompressor = (packed) => decompressed(packed, "gzip");

/** DEFLATE (RFC 1951) without anything around it, as in a zip. */
export const inflate: Decompressor = (packed) => decompressed(packed, "deflate-raw");

async function* decompressed(
  packed: AsyncIterable<Uint8Array>,
  format: "gzip" | "deflate-raw",
): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream(format);
  const reader = stream.readable.getReader();
  const feed = new Feed(stream);
  const feeding = feed.run(packed);
  // Whoever stops asking leaves what is fed with nobody to read it.
  feeding.catch(() => {});
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) break;
      yield value;
    }
  } finally {
    feed.stopped = true;
    await reader.cancel().catch(() => {});
    await feeding;
  }
}

/** Writes packed bytes into a stream as fast as it takes them. */
class Feed {
  stopped = false;
  readonly #writer: ReturnType<DecompressionStream["writable"]["getWriter"]>;

  constructor(stream: DecompressionStream) {
    this.#writer = stream.writable.getWriter();
  }

  /** Throws only what reading the source throws; that the stream takes no more shows where it is read. */
  async run(packed: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of packed) if (this.stopped || !(await this.#write(chunk))) return;
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
