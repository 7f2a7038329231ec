import type { Frame } from "./frame.ts";
import type { IncidentTally } from "./incidentTally.ts";
import { LINKTYPE_LOGGED } from "./linkType.ts";
import type { LogLine } from "./logLine.ts";
import type { Logged } from "./logged.ts";

/** Time may go back this far between neighbouring frames (several queues, merged files) without being a stepped clock. */
export const CLOCK_TOLERANCE_MICROS: number = 1_000_000;

/** Where a format puts its frames: numbers them and watches what a reader must know about them. */
export class FrameSink {
  frames = 0;
  /** Microseconds since the epoch of the latest frame, 0 before the first. */
  lastTimeMicros = 0;
  readonly tally: IncidentTally;
  readonly #capture: number;
  readonly #onFrame: (frame: Frame) => void;
  readonly #onLine: ((line: LogLine) => void) | undefined;
  readonly #onKeyLog: (log: string) => void;

  constructor(
    capture: number,
    tally: IncidentTally,
    onFrame: (frame: Frame) => void,
    onLine: ((line: LogLine) => void) | undefined,
    onKeyLog: (log: string) => void,
  ) {
    this.#capture = capture;
    this.tally = tally;
    this.#onFrame = onFrame;
    this.#onLine = onLine;
    this.#onKeyLog = onKeyLog;
  }

  /** Somebody asks for the lines of a log that are no messages. */
  get wantsLines(): boolean {
    return this.#onLine !== undefined;
  }

  /** A line of a log behind the latest message. */
  emitLine(timeMicros: number, text: string, identity: string | undefined): void {
    const line = { capture: this.#capture, frame: this.frames, timeMicros, text };
    this.#onLine?.(identity === undefined ? line : { ...line, identity });
  }

  /** A frame that is `bytes[start, end)`. */
  emit(
    timeMicros: number,
    linkType: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    originalLength: number = end - start,
    untimed?: true,
  ): void {
    const number = ++this.frames;
    if (originalLength > end - start) this.tally.count("packets-cut", number);
    this.#watchClock(number, timeMicros);
    this.#onFrame({ capture: this.#capture, number, timeMicros, untimed, linkType, bytes, start, end, originalLength });
  }

  /** Secrets of TLS connections, as a program logs them. */
  emitKeyLog(log: Uint8Array): void {
    this.#onKeyLog(new TextDecoder().decode(log));
  }

  /** A message that a log printed. */
  emitLogged(timeMicros: number, bytes: Uint8Array, logged: Logged, untimed?: true): void {
    const number = ++this.frames;
    this.#watchClock(number, timeMicros);
    const { length } = bytes;
    const frame = {
      capture: this.#capture,
      number,
      timeMicros,
      untimed,
      linkType: LINKTYPE_LOGGED,
      bytes,
      start: 0,
      end: length,
      originalLength: length,
    };
    this.#onFrame({ ...frame, logged });
  }

  #watchClock(number: number, timeMicros: number): void {
    if (number > 1 && timeMicros < this.lastTimeMicros - CLOCK_TOLERANCE_MICROS) {
      const seconds = Math.round((this.lastTimeMicros - timeMicros) / 1_000_000);
      this.tally.count("clock-stepped", number, { seconds });
    }
    this.lastTimeMicros = timeMicros;
  }
}
