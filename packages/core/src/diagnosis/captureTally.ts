import type { CaptureReader } from "../capture/captureReader.ts";
import type { Frame } from "../capture/frame.ts";
import type { Incident } from "../capture/incident.ts";
import type { InputCounts, InputReport } from "../network/inputCounts.ts";
import type { MessagePeek } from "../message/peekMessage.ts";
import { isoTime } from "./isoTime.ts";
import type { CaptureReport } from "./report.ts";

/** What its reader knows of a capture. */
type ReadCapture = Pick<CaptureReader, "format" | "messagesByFormat" | "timesLack">;

/** Counts what one capture holds. */
export class CaptureTally {
  readonly name: string;
  requests = 0;
  responses = 0;
  /** Responses by status code; those without a valid one are not in it. */
  readonly statusCodes: Map<number, number> = new Map();
  /** Time of the first frame and of the last, microseconds since the epoch. */
  firstMicros: number = Number.POSITIVE_INFINITY;
  lastMicros: number = Number.NEGATIVE_INFINITY;
  /** What the layers below SIP were, known when the capture has ended. */
  counts: InputCounts | undefined;
  #frames = 0;
  #hasTimes = false;
  #duplicates = 0;
  #firstDuplicate = 0;

  constructor(name: string) {
    this.name = name;
  }

  addFrame({ timeMicros, untimed }: Frame): void {
    this.#frames++;
    if (untimed !== true) this.#hasTimes = true;
    if (timeMicros < this.firstMicros) this.firstMicros = timeMicros;
    if (timeMicros > this.lastMicros) this.lastMicros = timeMicros;
  }

  addMessage({ kind, statusCode }: MessagePeek): void {
    if (kind === "request") {
      this.requests++;
      return;
    }
    this.responses++;
    if (statusCode >= 100 && statusCode < 700)
      this.statusCodes.set(statusCode, (this.statusCodes.get(statusCode) ?? 0) + 1);
  }

  addDuplicate(frame: number): void {
    if (this.#duplicates++ === 0) this.#firstDuplicate = frame;
  }

  /** `below`: what was counted as captured twice before it was known to be SIP, segments and fragments. */
  duplicateIncident(capture: number, below: Incident | undefined): Incident | undefined {
    if (this.#duplicates === 0) return below;
    const frame = Math.min(this.#firstDuplicate, below?.frame ?? this.#firstDuplicate);
    return { kind: "packets-duplicated", capture, count: this.#duplicates + (below?.count ?? 0), frame };
  }

  report(
    { format, messagesByFormat, timesLack }: ReadCapture,
    incidents: readonly Incident[],
    describe: (incident: Incident) => string,
  ): CaptureReport {
    return {
      name: this.name,
      format,
      frames: this.#frames,
      messages: this.requests + this.responses,
      ...(this.#hasTimes ? { firstTime: isoTime(this.firstMicros), lastTime: isoTime(this.lastMicros) } : {}),
      ...(timesLack.size > 0 ? { timesLack: [...timesLack].sort() } : {}),
      ...(this.counts === undefined ? {} : { input: this.#input(this.counts, messagesByFormat) }),
      incidents: incidents.map((incident) => ({
        kind: incident.kind,
        count: incident.count,
        ...(incident.frame === undefined ? {} : { frame: incident.frame }),
        get text() {
          return describe(incident);
        },
      })),
    };
  }

  #input(counts: InputCounts, messagesByFormat: ReadonlyMap<string, number>): InputReport {
    const input = counts.report();
    const looked = Object.values(input.messages).reduce((sum, count) => sum + count, 0);
    const broken = looked - this.requests - this.responses;
    return {
      ...input,
      formats: Object.fromEntries(messagesByFormat),
      unread: broken > 0 ? { ...input.unread, "not-sip": broken } : input.unread,
    };
  }
}
