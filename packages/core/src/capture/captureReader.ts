import { joined } from "../bytes/joined.ts";
import type { CaptureFormat, RecordReader, TimesLack } from "./captureFormat.ts";
import { captureFormats } from "./captureFormats.ts";
import { foreignCapture } from "./foreignCapture.ts";
import type { Frame } from "./frame.ts";
import { FrameSink } from "./frameSink.ts";
import type { Incident } from "./incident.ts";
import { IncidentTally } from "./incidentTally.ts";
import type { LogLine } from "./logLine.ts";

export interface CaptureReaderOptions {
  /** Index of the capture in this analysis, from 0. */
  readonly capture: number;
  onFrame(frame: Frame): void;
  /** Of a log: each line that is no message, in its place between them. */
  onLine?(line: LogLine): void;
  /** Secrets of TLS connections that the file holds, as lines of a key log; none of them at the beginning of a format that may hold some. */
  onKeyLog?(log: string): void;
  /** Called from `flush`: incidents are counted over the whole capture. */
  onIncident(incident: Incident): void;
}

/**
 * Reads the frames of one capture file out of chunks of any size. Frames are places in the chunks, so a chunk must not be
 * written to after it was pushed; only a record that straddles chunks is copied. Nothing is thrown for what a file holds.
 */
export class CaptureReader {
  readonly #options: CaptureReaderOptions;
  readonly #tally: IncidentTally;
  readonly #sink: FrameSink;
  #reader: RecordReader | undefined;
  #format: string = "unknown";
  #sniffed = false;
  /** The beginning of a record whose end has not arrived. */
  #rest: Uint8Array = NO_BYTES;
  #restLength = 0;

  constructor(options: CaptureReaderOptions) {
    this.#options = options;
    this.#tally = new IncidentTally(options.capture);
    const onLine = options.onLine && ((line: LogLine): void => options.onLine?.(line));
    const onFrame = (frame: Frame): void => options.onFrame(frame);
    const onKeyLog = (log: string): void => options.onKeyLog?.(log);
    this.#sink = new FrameSink(options.capture, this.#tally, onFrame, onLine, onKeyLog);
  }

  /** `unknown` before the first bytes, and for what is no capture; of a text known when messages were found. */
  get format(): string {
    return this.#reader?.formatName ?? this.#format;
  }

  /** Of a text the messages by the format they were printed in. */
  get messagesByFormat(): ReadonlyMap<string, number> {
    return this.#reader?.messagesByFormat ?? NO_COUNTS;
  }

  /** Of a log: what its times do not say. */
  get timesLack(): ReadonlySet<TimesLack> {
    return this.#reader?.timesLack ?? NOTHING_LACKS;
  }

  /** True where it keeps none of the bytes that were pushed; who was given the frames may do. */
  get keepsNothing(): boolean {
    return this.#reader?.keepsNothing === true;
  }

  /** Frames read so far. */
  get frames(): number {
    return this.#sink.frames;
  }

  push(chunk: Uint8Array): void {
    if (!this.#sniffed) this.#sniff(chunk);
    else this.#read(chunk);
  }

  /** The file has ended: tells what was counted. */
  flush(): void {
    this.#reader?.flush?.();
    if (this.#reader !== undefined && !this.#reader.damaged && this.#restLength > 0) {
      this.#tally.count("file-cut", this.frames > 0 ? this.frames : undefined, { bytes: this.#restLength });
    }
    this.#restLength = 0;
    this.#tally.flush((incident) => this.#options.onIncident(incident));
  }

  #sniff(chunk: Uint8Array): void {
    const bytes = this.#restLength === 0 ? chunk : joined([this.#rest.subarray(0, this.#restLength), chunk]);
    this.#restLength = 0;
    const format = sniffed(bytes);
    if (format === "undecided") {
      this.#keep(bytes, 0);
      return;
    }
    this.#sniffed = true;
    if (format === undefined) {
      const program = foreignCapture(bytes);
      if (program !== undefined) this.#tally.count("capture-foreign", undefined, { program });
      return;
    }
    this.#format = format.name;
    this.#reader = format.create(this.#sink);
    this.#read(bytes);
  }

  #read(chunk: Uint8Array): void {
    const reader = this.#reader;
    if (reader === undefined) return;
    let position = 0;
    while (this.#restLength > 0 && !reader.damaged) {
      position = this.#complete(chunk, position, reader.wanted);
      if (this.#restLength < reader.wanted) return;
      if (reader.read(this.#rest.subarray(0, this.#restLength), 0) === 0) continue;
      // A frame is a place in these bytes, so they are given away and never written again.
      this.#rest = NO_BYTES;
      this.#restLength = 0;
    }
    if (reader.damaged) return;
    const read = reader.read(chunk, position);
    if (!reader.damaged) this.#keep(chunk, read);
  }

  /** Brings the kept bytes up to `wanted` and no further, so that what follows is read in place. */
  #complete(chunk: Uint8Array, position: number, wanted: number): number {
    const taken = Math.min(wanted - this.#restLength, chunk.length - position);
    if (this.#restLength + taken > this.#rest.length) {
      const grown = new Uint8Array(Math.max(wanted, SMALLEST_REST));
      grown.set(this.#rest.subarray(0, this.#restLength));
      this.#rest = grown;
    }
    this.#rest.set(chunk.subarray(position, position + taken), this.#restLength);
    this.#restLength += taken;
    return position + taken;
  }

  #keep(bytes: Uint8Array, from: number): void {
    this.#restLength = bytes.length - from;
    this.#rest = this.#restLength === 0 ? NO_BYTES : bytes.slice(from);
  }
}

const NO_BYTES: Uint8Array = new Uint8Array(0);
const NO_COUNTS: ReadonlyMap<string, number> = new Map();
const NOTHING_LACKS: ReadonlySet<TimesLack> = new Set();
const SMALLEST_REST = 64;

/** Whether a file that begins like this may be a capture; undefined where that is too little to tell. */
export function isCapture(head: Uint8Array): boolean | undefined {
  const format = sniffed(head);
  return format === "undecided" ? undefined : format !== undefined;
}

function sniffed(bytes: Uint8Array): CaptureFormat | "undecided" | undefined {
  let undecided = false;
  for (const format of captureFormats) {
    const answer = format.sniff(bytes);
    if (answer === true) return format;
    if (answer === undefined) undecided = true;
  }
  return undecided ? "undecided" : undefined;
}
