import { latin1Text } from "../../bytes/latin1.ts";
import { DumpOffsets } from "../text/dumpOffsets.ts";
import { dumpLine } from "../text/hexDump.ts";
import { Base64Decoder } from "../../bytes/base64.ts";
import { headOf } from "./byteSource.ts";
import { CONTAINER_HEAD } from "./containerKind.ts";
import { DigitsDecoder, type TextEncoding, textEncodingOf } from "./textEncoding.ts";
import type { Decompressor } from "./unpacking.ts";

/** A file that was written as text. */
export const decodedText: Decompressor = async function* (packed) {
  const head = await headOf(packed[Symbol.asyncIterator](), CONTAINER_HEAD);
  const encoding = textEncodingOf(head.bytes);
  if (encoding === undefined) return;
  const decode = decoderOf(encoding.kind);
  let skipped = encoding.start;
  for await (const chunk of head.source) {
    const text = latin1Text(chunk, Math.min(skipped, chunk.length));
    skipped -= Math.min(skipped, chunk.length);
    yield* decode(text);
  }
  yield* decode("\n");
};

function decoderOf(kind: TextEncoding["kind"]): (text: string) => Iterable<Uint8Array> {
  if (kind === "dump") {
    const dump = new DumpDecoder();
    return (text) => dump.push(text);
  }
  const decoder = kind === "base64" ? new Base64Decoder() : new DigitsDecoder();
  return (text) => [decoder.push(text)];
}

/** A longer line is none of a dump. */
const LINE_LIMIT = 256;
const PIECE = 64 * 1024;

/** `xxd`, `hexdump -C` and `od -t x1`. */
class DumpDecoder {
  #line = "";
  #length = 0;
  readonly #offsets: DumpOffsets = new DumpOffsets();
  #latest: readonly number[] = [];
  /** Lines like the latest were left out: `*`. */
  #repeats = false;

  *push(text: string): Generator<Uint8Array> {
    const lines = (this.#line + text).split("\n");
    this.#line = lines.pop()!.slice(0, LINE_LIMIT);
    for (const line of lines) yield* this.#read(line);
  }

  *#read(line: string): Generator<Uint8Array> {
    if (line.trim() === "*") {
      this.#repeats = true;
      return;
    }
    const found = dumpLine(line);
    if (found === undefined) return;
    const offset = this.#offsets.read(found.offset, this.#length);
    if (this.#repeats) yield* this.#repeated(offset);
    this.#repeats = false;
    if (offset !== this.#length) return;
    this.#length += found.bytes.length;
    this.#latest = found.bytes;
    yield Uint8Array.from(found.bytes);
  }

  *#repeated(offset: number): Generator<Uint8Array> {
    if (this.#latest.length === 0) return;
    while (this.#length < offset) {
      const latest = this.#latest;
      const piece = new Uint8Array(Math.min(PIECE, offset - this.#length));
      for (let at = 0; at < piece.length; at++) piece[at] = latest[at % latest.length];
      this.#length += piece.length;
      yield piece;
    }
  }
}
