import { joined } from "../../bytes/joined.ts";
import type { CaptureFormat, RecordReader, TimesLack } from "../captureFormat.ts";
import type { FrameSink } from "../frameSink.ts";
import { jsonTrace } from "./jsonTrace.ts";
import { SNIFF_BYTES, textTrace } from "./textTrace.ts";
import { type ByteOrder, Utf16Text } from "./utf16Text.ts";

/** Windows programs save text as UTF-16, and PowerShell all that is printed into a file: what it is shows in what it stands for. */
export const utf16Trace: CaptureFormat<"text"> = {
  name: "text",
  sniff: (bytes) => (bytes.length < SNIFF_BYTES ? undefined : byteOrder(bytes) !== undefined),
  create: (sink) => new Utf16TraceReader(sink),
};

/** Every other byte of ASCII is 0, also where the mark that says the order is missing. */
function byteOrder(bytes: Uint8Array): ByteOrder | undefined {
  let [evenZeros, oddZeros] = [0, 0];
  for (let i = 0; i < SNIFF_BYTES; i += 2) {
    if (bytes[i] === 0) evenZeros++;
    if (bytes[i + 1] === 0) oddZeros++;
  }
  const most = SNIFF_BYTES / 2 - 4;
  if (oddZeros >= most && evenZeros === 0) return "little";
  return evenZeros >= most && oddZeros === 0 ? "big" : undefined;
}

class Utf16TraceReader implements RecordReader {
  readonly wanted = 1;
  readonly damaged = false;
  readonly #sink: FrameSink;
  #text: Utf16Text | undefined;
  #reader: RecordReader | undefined;
  /** What has come before it was known what it is. */
  #head: Uint8Array = new Uint8Array(0);

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  get formatName(): string {
    return this.#reader?.formatName ?? "unknown";
  }

  get messagesByFormat(): ReadonlyMap<string, number> | undefined {
    return this.#reader?.messagesByFormat;
  }

  get timesLack(): ReadonlySet<TimesLack> | undefined {
    return this.#reader?.timesLack;
  }

  read(bytes: Uint8Array, start: number): number {
    this.#text ??= new Utf16Text(byteOrder(bytes.subarray(start)) ?? "little");
    const utf8 = this.#text.toUtf8(bytes, start);
    if (this.#reader === undefined) {
      this.#head = joined([this.#head, utf8]);
      if (jsonTrace.sniff(this.#head) !== undefined) this.#begin();
    } else this.#reader.read(utf8, 0);
    return bytes.length;
  }

  flush(): void {
    if (this.#reader === undefined) this.#begin();
    this.#reader?.flush?.();
  }

  #begin(): void {
    const format = jsonTrace.sniff(this.#head) === true ? jsonTrace : textTrace;
    this.#reader = format.create(this.#sink);
    this.#reader.read(this.#head, 0);
    this.#head = new Uint8Array(0);
  }
}
