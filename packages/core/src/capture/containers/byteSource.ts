/** The chunks of a file, in order. */
export type ByteSource = Iterator<Uint8Array> | AsyncIterator<Uint8Array>;

/** The first bytes of a source, and the source with them. */
export interface Head {
  /** As many as were asked for; fewer only where there are no more. */
  readonly bytes: Uint8Array;
  readonly source: AsyncGenerator<Uint8Array>;
}

/** Looks at the beginning without taking it away. */
export async function headOf(source: ByteSource, length: number): Promise<Head> {
  const head: Uint8Array[] = [];
  for (let known = 0; known < length;) {
    const { done, value } = await source.next();
    if (done === true) break;
    head.push(value);
    known += value.length;
  }
  return { bytes: joined(head).subarray(0, length), source: chained(head, source) };
}

export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0];
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
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
