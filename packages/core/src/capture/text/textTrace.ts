import { latin1Text } from "../../bytes/latin1.ts";
import { CR, HTAB, LF, SPACE } from "../../bytes/ascii.ts";
import type { CaptureFormat } from "../captureFormat.ts";
import { PdmlPackets } from "./pdmlPackets.ts";
import { ScannedTrace } from "./scannedTrace.ts";

/** Logs and traces as text: what an element or a program printed. Which, is known when messages were found. */
export const textTrace: CaptureFormat<"text"> = {
  name: "text",
  sniff: (bytes) => (bytes.length < SNIFF_BYTES ? undefined : isText(bytes)),
  create: (sink) => new TextTraceReader(sink),
};

/** No SIP message is shorter. */
export const SNIFF_BYTES = 64;
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

/** The whole file is in it, or a part with a packet at its beginning. */
function beginsPdml(line: string): boolean {
  return line.startsWith("<pdml ") || line === "<packet>" || line === "<packet>\r";
}

class TextTraceReader extends ScannedTrace {
  /** The beginning of a line whose end has not arrived. */
  #rest = "";
  /** Once packets as XML began. */
  #pdml: PdmlPackets | undefined;

  read(bytes: Uint8Array, start: number): number {
    this.#readLines(bytes, start);
    return bytes.length;
  }

  #readLines(bytes: Uint8Array, start: number): void {
    let line = start;
    for (;;) {
      if (this.#pdml !== undefined) return this.#pdml.push(bytes, line, bytes.length);
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
    if (this.#pdml?.isOpen === true) this.sink.tally.count("file-cut", this.sink.frames || undefined);
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
    if (beginsPdml(line)) this.#pdml = new PdmlPackets((dissected) => this.emitDissected("pdml", dissected));
    else this.scanner.push(line);
  }
}
