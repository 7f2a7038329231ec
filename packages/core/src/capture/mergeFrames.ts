import type { Frame } from "./frame.ts";

interface Source {
  readonly frames: Frame[];
  next: number;
  ended: boolean;
}

/** Brings the frames of several captures into order of time. Each capture's own order is kept. */
export class FrameMerger {
  readonly #sources: Source[] = [];
  readonly #onFrame: (frame: Frame) => void;

  constructor(captures: number, onFrame: (frame: Frame) => void) {
    for (let i = 0; i < captures; i++) this.#sources.push({ frames: [], next: 0, ended: false });
    this.#onFrame = onFrame;
  }

  push(frame: Frame): void {
    this.#sources[frame.capture].frames.push(frame);
  }

  /** No more frames come from this capture. */
  end(capture: number): void {
    this.#sources[capture].ended = true;
  }

  /** Hands on what can be: until a capture that has not ended has nothing left. That one is returned; read it next. */
  drain(): number | undefined {
    for (;;) {
      let earliest = -1;
      let earliestMicros = Number.POSITIVE_INFINITY;
      for (let i = 0; i < this.#sources.length; i++) {
        const source = this.#sources[i];
        const frame = source.frames[source.next];
        if (frame === undefined) {
          forgetRead(source);
          if (!source.ended) return i;
        } else if (earliest < 0 || frame.timeMicros < earliestMicros) {
          earliest = i;
          earliestMicros = frame.timeMicros;
        }
      }
      if (earliest < 0) return undefined;
      const source = this.#sources[earliest];
      this.#onFrame(source.frames[source.next++]);
    }
  }
}

function forgetRead(source: Source): void {
  source.frames.length = 0;
  source.next = 0;
}
