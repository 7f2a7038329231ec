import type { FrameSink } from "../frameSink.ts";
import type { HostPort } from "../logged.ts";
import { LineCleaner } from "./cleanLine.ts";
import { logTimeAt, startLineAt } from "./startLine.ts";
import { TraceClock } from "./traceClock.ts";
import { MARKER_LIMIT, type TraceFormat, type TraceHead, type TraceMarker } from "./traceFormat.ts";
import { traceFormats } from "./traceFormats.ts";
import { TracedMessage } from "./tracedMessage.ts";
import { HexDump } from "./hexDump.ts";
import { linePrefixOf, type LinePrefix } from "./linePrefix.ts";

/** A message without a time follows the one before it by this much, so that the order is kept. */
const ORDER_MICROS = 1000;

/** Finds the messages in the lines of logs and traces of any format, also mixed in one file. */
export class TraceScanner {
  readonly #sink: FrameSink;
  readonly #cleaner: LineCleaner = new LineCleaner();
  readonly #clock: TraceClock = new TraceClock();
  /** Messages by format. */
  readonly counts: Map<string, number> = new Map();
  readonly #dump: HexDump = new HexDump();
  #message: TracedMessage | undefined;
  #prefix: LinePrefix | undefined;
  /** The format of the latest marker, and what is known from it and those before it. */
  #format: TraceFormat | undefined;
  #head: TraceHead = {};
  /** The marker was the latest line that was not empty. */
  #isFresh = false;
  #timeMicros: number | undefined;
  #lastMicros = 0;
  #latestOfHead: Uint8Array | undefined;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** The one format that was found, `text` for a message without marks or several formats; undefined while there are no messages. */
  get formatName(): string | undefined {
    const [name] = this.counts.keys();
    return this.counts.size > 1 ? "text" : name;
  }

  /** A line without its LF, one character per byte. */
  push(raw: string): void {
    const text = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    // A CR inside is a line end whose LF was lost, or a terminal's.
    if (text.includes("\r")) for (const part of text.split("\r")) this.#pushLine(part);
    else this.#pushLine(text);
  }

  flush(): void {
    this.#finishDump();
    this.#finish();
  }

  #pushLine(text: string): void {
    const line = this.#cleaner.clean(text);
    // As syslog and xlog escape line ends.
    if (line.includes("#012") && line.includes("SIP/2.0")) {
      for (const part of line.replaceAll("#015", "").split("#012")) this.#read(part);
      this.#finish();
    } else this.#read(line);
  }

  #read(line: string): void {
    if (line.length > 8 && line.length <= MARKER_LIMIT && this.#dump.push(line)) return;
    this.#finishDump();
    const found = line.length <= MARKER_LIMIT && line !== "" ? this.#markerOf(line) : undefined;
    if (found !== undefined) {
      this.#finish();
      this.#take(found.format, found.marker);
      return;
    }
    if (this.#message !== undefined && this.#continue(line)) return;
    const start = this.#startOf(line);
    if (start >= 0) this.#begin(line, start);
    else if (line.trim() !== "") this.#pass(line);
  }

  #markerOf(line: string): { format: TraceFormat; marker: TraceMarker } | undefined {
    for (const format of traceFormats) {
      const marker = format.marker(line, format === this.#format);
      if (marker !== undefined) return { format, marker };
    }
    return undefined;
  }

  #take(format: TraceFormat, { begins = false, head = {} }: TraceMarker): void {
    if (begins || format !== this.#format) {
      this.#head = {};
      this.#timeMicros = undefined;
      this.#latestOfHead = undefined;
    }
    this.#format = format;
    this.#head = { ...this.#head, ...head };
    this.#isFresh = true;
    if (head.time !== undefined) this.#timeMicros = this.#clock.read(head.time);
  }

  /** Any other line: its time is that of a message which has none of its own. */
  #pass(line: string): void {
    const time = logTimeAt(line);
    if (time !== undefined) this.#clock.read(time);
    if (this.#format?.keepsHead !== true) this.#isFresh = false;
  }

  #startOf(line: string): number {
    const { startLine } = this.#head;
    if (this.#isFresh && startLine !== undefined) {
      const at = line.indexOf(startLine);
      if (at >= 0) return at;
    }
    const own = this.#isFresh ? this.#format?.startLineAt?.(line) : undefined;
    if (own !== undefined && own >= 0) return own;
    const at = startLineAt(line);
    // A broken status line right behind a marker is what somebody wants to see explained.
    return at < 0 && this.#isFresh && line.trimStart().startsWith("SIP/") ? line.indexOf("SIP/") : at;
  }

  #begin(line: string, start: number): void {
    this.#finish();
    const prefix = line.slice(0, start);
    // What stands before it by its format's own word is not on the other lines.
    const isOwn = prefix.trim() !== "" && this.#isFresh && this.#format?.startLineAt !== undefined;
    this.#prefix = prefix === "" || isOwn ? undefined : linePrefixOf(prefix);
    if (!this.#isFresh) {
      this.#format = undefined;
      this.#head = {};
      this.#timeMicros = undefined;
    }
    const time = prefix === "" ? undefined : logTimeAt(prefix);
    if (time !== undefined) this.#timeMicros = this.#clock.read(time);
    this.#message = new TracedMessage(this.#stripped(line.slice(start)) ?? "");
  }

  /** False if the line is not of the message. */
  #continue(line: string): boolean {
    const message = this.#message!;
    const text = this.#prefix === undefined ? line : this.#prefix.strip(line);
    const stripped = text === undefined ? undefined : this.#stripped(text);
    if (text !== undefined && stripped === undefined) return true;
    const role = stripped === undefined ? "foreign" : message.push(stripped);
    if (role === "taken") return true;
    this.#finish();
    return role === "last";
  }

  #stripped(line: string): string | undefined {
    return this.#format?.strip === undefined ? line : this.#format.strip(line);
  }

  /** A packet in hexadecimal is a frame like those of a capture. */
  #finishDump(): void {
    const packet = this.#dump.take();
    if (packet === undefined) return;
    this.#finish();
    this.#count(this.#format?.name ?? "hex");
    const { bytes, linkType } = packet;
    this.#sink.emit(this.#now(this.#sink.frames + 1), linkType, bytes, bytes.length);
  }

  #finish(): void {
    const found = this.#message?.finish();
    this.#message = undefined;
    if (found === undefined || this.#isRepeated(found.bytes)) return;
    const {
      direction,
      source,
      sourcePort,
      destination,
      destinationPort,
      swapped,
      transport = "udp",
      ipId = 0,
    } = this.#head;
    this.#count(this.#format?.name ?? "text");
    this.#latestOfHead = found.bytes;
    const isCapture = this.#format?.isCapture === true;
    const number = this.#sink.frames + 1;
    const [from, to] = [withPort(source, sourcePort), withPort(destination, destinationPort)];
    this.#sink.emitLogged(this.#now(number), found.bytes, {
      transport,
      direction,
      source: swapped ? to : from,
      destination: swapped ? from : to,
      // An element writes down a message once: what comes again was sent again.
      ipId: isCapture ? ipId : (number % 0xffff) + 1,
      cut: found.cut,
    });
  }

  #count(format: string): void {
    this.counts.set(format, (this.counts.get(format) ?? 0) + 1);
  }

  /** `tcpdump -v -A` shows the same message twice, once read and once as it was. */
  #isRepeated(bytes: Uint8Array): boolean {
    const latest = this.#latestOfHead;
    return this.#format?.isCapture === true && latest !== undefined && sameBytes(latest, bytes);
  }

  #now(frame: number): number {
    const known = this.#timeMicros ?? this.#clock.latestMicros;
    if (known === undefined) this.#sink.tally.count("times-missing", frame);
    this.#lastMicros = known ?? this.#lastMicros + ORDER_MICROS;
    return this.#lastMicros;
  }
}

function withPort(side: HostPort | undefined, port: number | undefined): HostPort | undefined {
  return side === undefined || port === undefined ? side : { host: side.host, port };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
