import type { FrameSink } from "../frameSink.ts";
import type { Logged } from "../logged.ts";
import type { PacketBytes } from "./packetDissection.ts";

/** A message without a time follows the one before it by this much, so that the order is kept. */
const ORDER_MICROS = 1000;
/** Times that go back, with none that goes forward, before a log counts as newest first. */
const BACKWARD_STEPS = 3;
/** How many messages without a step in time are waited for. */
const UNDECIDED_LIMIT = 256;
/** And how many lines between messages are kept with them. */
const KEPT_LINES = 20_000;
/** How many messages of a log that is newest first are turned round at once, and how many bytes of them. */
const TURNED_MESSAGES = 100_000;
const TURNED_BYTES: number = 64 * 1024 * 1024;

/** One thing that a log holds, on its way to be a frame. */
interface Entry {
  /** Not a message but a line between two. */
  readonly isLine?: boolean;
  /** Undefined where the log says no time. */
  readonly timeMicros: number | undefined;
  readonly length: number;
  /** `untimed` where the time only keeps the order. */
  emit(timeMicros: number, frame: number, untimed?: true): void;
}

/** Hands on what was found in a log, the oldest first: some logs are kept or shown with the newest first. */
export class TraceOutlet {
  readonly #sink: FrameSink;
  #order: "undecided" | "forward" | "backward" = "undecided";
  #kept: Entry[] = [];
  #keptBytes = 0;
  #keptLines = 0;
  #backwardSteps = 0;
  #latestMicros: number | undefined;
  #lastMicros = 0;
  #hasHandedOn = false;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** A message as it was printed. `isCapture`: the identification tells second sights. */
  message(timeMicros: number | undefined, bytes: Uint8Array, logged: Logged, isCapture: boolean): void {
    if (logged.cut) this.#sink.tally.count("messages-cut", this.#sink.frames + this.#kept.length + 1);
    this.#push({
      timeMicros,
      length: bytes.length,
      emit: (micros, frame, untimed) => {
        // An element writes down a message once: what comes again was sent again.
        const ipId = isCapture ? logged.ipId : (frame % 0xffff) + 1;
        this.#sink.emitLogged(micros, bytes, { ...logged, ipId }, untimed);
      },
    });
  }

  /** A packet and not only the message in it. */
  packet(timeMicros: number | undefined, { bytes, linkType, originalLength }: PacketBytes): void {
    const emit = (micros: number, _frame: number, untimed?: true): void =>
      this.#sink.emit(micros, linkType, bytes, 0, bytes.length, originalLength, untimed);
    this.#push({ timeMicros, length: bytes.length, emit });
  }

  /** A line that is no message. */
  line(timeMicros: number | undefined, text: string, identity: string | undefined): void {
    if (this.#order !== "forward" && ++this.#keptLines > KEPT_LINES) return;
    const emit = (micros: number): void => this.#sink.emitLine(micros, text, identity);
    this.#push({ isLine: true, timeMicros, length: text.length, emit });
  }

  /** Adds to the time of all that was put in; false where some of it was handed on. */
  moveAll(micros: number): boolean {
    if (this.#hasHandedOn) return false;
    this.#kept = this.#kept.map((entry) => ({ ...entry, timeMicros: sumOf(entry.timeMicros, micros) }));
    this.#latestMicros = sumOf(this.#latestMicros, micros);
    return true;
  }

  flush(): void {
    if (this.#order === "undecided" && this.#backwardSteps > 0) this.#order = "backward";
    this.#release();
  }

  #push(entry: Entry): void {
    if (this.#order === "forward") return this.#emit(entry);
    this.#kept.push(entry);
    this.#keptBytes += entry.length;
    if (this.#order === "undecided") {
      if (entry.isLine !== true) this.#decide(entry.timeMicros);
    } else if (this.#kept.length >= TURNED_MESSAGES || this.#keptBytes >= TURNED_BYTES) {
      this.#sink.tally.count("limit-reached", undefined, { limit: "newest-first-messages" });
      this.#release();
    }
  }

  #decide(timeMicros: number | undefined): void {
    const step = timeMicros === undefined ? 0 : timeMicros - (this.#latestMicros ?? timeMicros);
    this.#latestMicros = timeMicros ?? this.#latestMicros;
    if (step < 0 && ++this.#backwardSteps >= BACKWARD_STEPS) this.#order = "backward";
    if (step <= 0 && this.#kept.length - this.#keptLines < UNDECIDED_LIMIT) return;
    if (this.#order === "backward") return;
    this.#order = "forward";
    this.#release();
  }

  #release(): void {
    const kept = this.#order === "backward" ? this.#kept.reverse() : this.#kept;
    this.#kept = [];
    this.#keptBytes = 0;
    this.#keptLines = 0;
    this.#lastMicros ||= this.#beforeFirst(kept);
    for (const entry of kept) {
      if (this.#order === "backward" && entry.isLine !== true) this.#sink.tally.count("newest-first", 1);
      this.#emit(entry);
    }
  }

  /** Messages without a time that come before the first one with a time end at that. */
  #beforeFirst(kept: readonly Entry[]): number {
    const messages = kept.filter(({ isLine }) => isLine !== true);
    const first = messages.findIndex(({ timeMicros }) => timeMicros !== undefined);
    return first < 0 ? 0 : Math.max(0, messages[first].timeMicros! - (first + 1) * ORDER_MICROS);
  }

  #emit(entry: Entry): void {
    this.#hasHandedOn = true;
    if (entry.isLine === true) return entry.emit(entry.timeMicros ?? this.#lastMicros, this.#sink.frames);
    const frame = this.#sink.frames + 1;
    const untimed = entry.timeMicros === undefined ? true : undefined;
    if (untimed === true) this.#sink.tally.count("times-missing", frame);
    this.#lastMicros = entry.timeMicros ?? this.#lastMicros + ORDER_MICROS;
    entry.emit(this.#lastMicros, frame, untimed);
  }
}

function sumOf(timeMicros: number | undefined, micros: number): number | undefined {
  return timeMicros === undefined ? undefined : timeMicros + micros;
}
