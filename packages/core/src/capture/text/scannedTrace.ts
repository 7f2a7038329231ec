import type { RecordReader, TimesLack } from "../captureFormat.ts";
import type { FrameSink } from "../frameSink.ts";
import { TraceScanner } from "./traceScanner.ts";

/** Reads a log whose messages a scanner finds in its lines: which formats it holds is known from them. */
export abstract class ScannedTrace implements RecordReader {
  readonly wanted = 1;
  readonly damaged = false;
  protected readonly sink: FrameSink;
  protected readonly scanner: TraceScanner;

  constructor(sink: FrameSink) {
    this.sink = sink;
    this.scanner = new TraceScanner(sink);
  }

  get formatName(): string {
    return this.scanner.formatName ?? "unknown";
  }

  get timesLack(): ReadonlySet<TimesLack> {
    return this.scanner.timesLack;
  }

  get messagesByFormat(): ReadonlyMap<string, number> {
    return this.scanner.counts;
  }

  /** Keeps what it has not used up itself: a line, or a value, may be of any length. */
  abstract read(bytes: Uint8Array, start: number): number;
}
