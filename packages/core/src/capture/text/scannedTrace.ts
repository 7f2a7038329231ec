import { latin1Bytes } from "../../bytes/latin1.ts";
import type { RecordReader, TimesLack } from "../captureFormat.ts";
import type { FrameSink } from "../frameSink.ts";
import type { Logged } from "../logged.ts";
import type { Dissected } from "./packetDissection.ts";
import { TracedMessage } from "./tracedMessage.ts";
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

  /** A message that is there as one text, a character for each byte. */
  protected emitText(format: string, text: string, timeMicros: number | undefined, known: Omit<Logged, "cut">): void {
    const [startLine, ...lines] = text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
    const message = new TracedMessage(startLine);
    for (const line of lines) if (message.push(line) !== "taken") break;
    const found = message.finish();
    if (found === undefined) return;
    const isWhole = text.includes("\r\n") && !found.cut;
    const bytes = isWhole ? latin1Bytes(text) : found.bytes;
    this.scanner.found(format, timeMicros, bytes, { ...known, cut: found.cut });
  }

  /** What the fields of a packet tell. */
  protected emitDissected(format: string, dissected: Dissected): void {
    const { kind, timeMicros } = dissected;
    if (kind === "packet") this.scanner.foundPacket(format, timeMicros, dissected.packet);
    else for (const text of dissected.texts) this.emitText(format, text, timeMicros, dissected.sides);
  }

  /** Keeps what it has not used up itself: a line, or a value, may be of any length. */
  abstract read(bytes: Uint8Array, start: number): number;
}
