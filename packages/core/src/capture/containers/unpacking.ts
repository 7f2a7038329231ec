import type { IncidentKind } from "../incident.ts";
import type { ByteSource } from "./byteSource.ts";
import { containerLimits, JUDGED_AFTER_BYTES } from "./containerLimits.ts";

/** An incident of a file of which it is not known yet which capture it will be. */
export interface UnplacedIncident {
  readonly kind: IncidentKind;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Unpacks a stream by the platform's own means or a package's. */
export type Decompressor = (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** What came into one input and what came out of it so far, however deep it was packed. */
export class UnpackBudget {
  #packedBytes = 0;
  #unpackedBytes = 0;

  async *counted(source: ByteSource): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const { done, value } = await source.next();
        if (done === true) return;
        this.#packedBytes += value.length;
        yield value;
      }
    } finally {
      await source.return?.();
    }
  }

  /** False where no honest file would have become so long. */
  allows(more: number): boolean {
    this.#unpackedBytes += more;
    if (this.#unpackedBytes <= JUDGED_AFTER_BYTES) return true;
    return this.#unpackedBytes <= this.#packedBytes * containerLimits["unpacked-ratio"];
  }
}

/** The unpacked bytes, as far as they are good; why they end early is told. Errors of whoever reads the packed ones are passed on. */
export async function* unpacked(
  packed: AsyncIterable<Uint8Array>,
  decompress: Decompressor,
  budget: UnpackBudget,
  tell: (incident: UnplacedIncident) => void,
): AsyncGenerator<Uint8Array> {
  const reading = readingOf(packed);
  try {
    for await (const chunk of decompress(reading.chunks)) {
      if (!budget.allows(chunk.length)) return tell({ kind: "limit-reached", values: { limit: "unpacked-ratio" } });
      yield chunk;
    }
  } catch (error) {
    if (reading.failure !== undefined) throw reading.failure.error;
    tell({ kind: saysCut(error) ? "file-cut" : "file-damaged" });
  }
  if (reading.failure !== undefined) throw reading.failure.error;
}

interface Reading {
  readonly chunks: AsyncGenerator<Uint8Array>;
  /** Set where reading failed, which is no fault of what is unpacked. */
  failure?: { readonly error: unknown };
}

function readingOf(packed: AsyncIterable<Uint8Array>): Reading {
  const reading: Reading = { chunks: read() };
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      yield* packed;
    } catch (error) {
      reading.failure = { error };
      throw error;
    }
  }
  return reading;
}

/** What platforms and packages say of a stream that ends too early; there is nothing else to tell it by. Node has it in the cause. */
function saysCut(error: unknown): boolean {
  const text = (error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error)).toLowerCase();
  return text.includes("unexpected end") || text.includes("truncated") || text.includes("unexpected eof");
}
