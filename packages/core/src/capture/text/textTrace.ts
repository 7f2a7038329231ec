import { latin1Text } from "../../bytes/latin1.ts";
import { CR, HTAB, LF, SPACE } from "../../bytes/ascii.ts";
import type { CaptureFormat } from "../captureFormat.ts";
import { ScannedTrace } from "./scannedTrace.ts";
import { type ByteOrder, Utf16Text } from "./utf16Text.ts";

/** Logs and traces as text: what an element or a program printed. Which, is known when messages were found. */
export const textTrace: CaptureFormat<"text"> = {
  name: "text",
  sniff: (bytes) => (bytes.length < SNIFF_BYTES ? undefined : isText(bytes) || utf16Order(bytes) !== undefined),
  create: (sink) => new TextTraceReader(sink),
};

/** No SIP message is shorter. */
const SNIFF_BYTES = 64;
/** A longer line is read as several: it must not become an allocation. */
export const TRACE_LINE_LIMIT: number = 64 * 1024;

/** No NUL, and hardly a control character but those of lines and colours. */
function isText(bytes: Uint8Array): boolean {
  let controls = 0;
  for (let i = 0; i < SNIFF_BYTES; i++) {
    const byte = bytes[i];
    if (byte === 0) return false;
    if (byte < SPACE && byte !== HTAB && byte !== LF && byte !== CR && byte !== 27) controls++;
  }
  return controls <= SNIFF_BYTES / 16;
}

/** Windows programs save logs as UTF-16: every other byte of ASCII is 0, also where the mark that says the order is missing. */
function utf16Order(bytes: Uint8Array): ByteOrder | undefined {
  let [evenZeros, oddZeros] = [0, 0];
  for (let i = 0; i < SNIFF_BYTES; i += 2) {
    if (bytes[i] === 0) evenZeros++;
    if (bytes[i + 1] === 0) oddZeros++;
  }
  const most = SNIFF_BYTES / 2 - 4;
  if (oddZeros >= most && evenZeros === 0) return "little";
  return evenZeros >= most && oddZeros === 0 ? "big" : undefined;
}

class TextTraceReader extends ScannedTrace {
  /** The beginning of a line whose end has not arrived. */
  #rest = "";
  /** Undefined before the first bytes; false for what is not UTF-16. */
  #utf16: Utf16Text | false | undefined;

  read(bytes: Uint8Array, start: number): number {
    if (this.#utf16 === undefined) {
      const order = bytes.length - start < SNIFF_BYTES ? undefined : utf16Order(bytes.subarray(start));
      this.#utf16 = order !== undefined && new Utf16Text(order);
    }
    if (this.#utf16 === false) this.#readLines(bytes, start);
    else this.#readLines(this.#utf16.toUtf8(bytes, start), 0);
    return bytes.length;
  }

  #readLines(bytes: Uint8Array, start: number): void {
    let line = start;
    for (;;) {
      const end = bytes.indexOf(LF, line);
      if (end < 0) break;
      this.#push(bytes, line, end);
      this.#endLine();
      line = end + 1;
    }
    this.#push(bytes, line, bytes.length);
  }

  flush(): void {
    if (this.#rest !== "") this.#endLine();
    this.scanner.flush();
  }

  #push(bytes: Uint8Array, start: number, end: number): void {
    let from = start;
    while (this.#rest.length + end - from > TRACE_LINE_LIMIT) {
      const to = from + TRACE_LINE_LIMIT - this.#rest.length;
      this.#rest += latin1Text(bytes, from, to);
      from = to;
      this.sink.tally.count("limit-reached", undefined, { limit: "trace-line-bytes" });
      this.#endLine();
    }
    this.#rest += latin1Text(bytes, from, end);
  }

  #endLine(): void {
    const line = this.#rest;
    this.#rest = "";
    this.scanner.push(line);
  }
}
