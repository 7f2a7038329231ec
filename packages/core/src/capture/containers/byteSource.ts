import { joined } from "../../bytes/joined.ts";

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
