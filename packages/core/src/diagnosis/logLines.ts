import { decodeText } from "../bytes/text.ts";
import type { Frame } from "../capture/frame.ts";
import type { Incident } from "../capture/incident.ts";
import type { LogLine } from "../capture/logLine.ts";
import { isoTime, microsOfIso } from "./isoTime.ts";
import type { AnnotationReport, CallReport } from "./report.ts";

/** Lines kept of all logs, and of one call in the report. */
const KEPT = 20_000;
const KEPT_OF_CALL = 200;
/** Names that logs give to calls. */
const NAMES = 20_000;
/** A Call-ID that is shorter may stand in a line by chance. */
const SHORTEST_CALL_ID = 8;
/** What a program says about a call it says no later than this after the last message. */
const AFTER_MICROS = 1_000_000;

/**
 * What logs say between messages, and which call each line belongs to: the one that it names by Call-ID or by the log's own name for it; without
 * a name only where a single call is under way.
 */
export class LogLines {
  readonly #offsetOf: (capture: number) => number;
  readonly #lines: LogLine[] = [];
  readonly #callIds: Map<string, string> = new Map();
  #dropped = 0;

  /** `offsetOf`: what the clock of a capture is ahead, microseconds. */
  constructor(offsetOf: (capture: number) => number) {
    this.#offsetOf = offsetOf;
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  push(line: LogLine): void {
    if (this.#lines.length < KEPT) this.#lines.push(line);
    else this.#dropped++;
  }

  /** A message of a log, which may show what the log names its call by. */
  pushFrame({ logged, bytes, start, end }: Frame): void {
    if (logged?.identity === undefined || this.#callIds.size >= NAMES || this.#callIds.has(logged.identity)) return;
    const callId = callIdOf(bytes, start, end);
    if (callId !== "") this.#callIds.set(logged.identity, callId);
  }

  /** The calls with the lines that belong to them. */
  attach(calls: readonly CallReport[]): CallReport[] {
    if (this.#lines.length === 0) return [...calls];
    const byCall = new Map<number, AnnotationReport[]>();
    const add = (call: number, annotation: AnnotationReport): void => {
      const known = byCall.get(call);
      if (known === undefined) byCall.set(call, [annotation]);
      else if (known.length < KEPT_OF_CALL) known.push(annotation);
      else this.#dropped++;
    };
    const underWay = new CallsUnderWay(calls);
    const named = new Map(calls.flatMap(({ callIds }, call) => callIds.map((callId) => [callId, call] as const)));
    for (const line of this.#lines) {
      const micros = line.timeMicros - this.#offsetOf(line.capture);
      const found = this.#named(line, named) ?? underWay.only(micros, line.capture);
      if (found === undefined) continue;
      const { capture, frame, text } = line;
      add(found.call, { capture, frame, time: isoTime(micros), by: found.by, text });
    }
    return calls.map((call, index) => {
      const annotations = byCall.get(index);
      return annotations === undefined ? call : { ...call, annotations };
    });
  }

  /** That not all lines could be kept. */
  incident(): Incident | undefined {
    if (this.#dropped === 0) return undefined;
    return { kind: "limit-reached", capture: 0, count: this.#dropped, values: { limit: "log-lines" } };
  }

  #named({ text, identity }: LogLine, calls: ReadonlyMap<string, number>): Belonging | undefined {
    const callId = identity === undefined ? undefined : this.#callIds.get(identity);
    const known = callId === undefined ? undefined : calls.get(callId);
    if (known !== undefined) return { call: known, by: "identity" };
    const found = new Set(
      wordsOf(text).flatMap((word) => (word.length < SHORTEST_CALL_ID ? [] : (calls.get(word) ?? []))),
    );
    const [call] = found;
    return found.size === 1 ? { call, by: "call-id" } : undefined;
  }
}

/** Index of the call, and why the line belongs to it. */
interface Belonging {
  readonly call: number;
  readonly by: AnnotationReport["by"];
}

/** Which calls were under way at a time. */
class CallsUnderWay {
  readonly #calls: readonly CallReport[];
  /** Times at which a call begins or has ended, in order, and from then on how many are under way and the sum of their indices. */
  readonly #times: number[] = [];
  readonly #counts: number[] = [];
  readonly #sums: number[] = [];

  constructor(calls: readonly CallReport[]) {
    this.#calls = calls;
    const changes = calls.flatMap((call, index) => {
      const [start, end] = extentOf(call);
      return [
        { micros: start, count: 1, index },
        { micros: end + AFTER_MICROS, count: -1, index },
      ];
    });
    let [count, sum] = [0, 0];
    for (const change of changes.sort((a, b) => a.micros - b.micros)) {
      count += change.count;
      sum += change.count * change.index;
      this.#times.push(change.micros);
      this.#counts.push(count);
      this.#sums.push(sum);
    }
  }

  /** The one call that was under way, if there was one and if the log has messages of it. */
  only(micros: number, capture: number): Belonging | undefined {
    const at = this.#latestBefore(micros);
    if (at < 0 || this.#counts[at] !== 1) return undefined;
    const call = this.#sums[at];
    const isOfLog = this.#calls[call].messages?.some((message) => message.capture === capture) === true;
    return isOfLog ? { call, by: "time" } : undefined;
  }

  /** Index of the last change that is not later; -1 before the first. */
  #latestBefore(micros: number): number {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#times[middle] <= micros) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function extentOf({ startTime, durationSeconds }: CallReport): readonly [number, number] {
  const start = microsOfIso(startTime);
  return [start, start + durationSeconds * 1_000_000];
}

/** The words of a line among which a Call-ID may be, also behind a label. */
function wordsOf(text: string): string[] {
  return text.split(/[\s,;"'<>()[\]{}=|]+/).flatMap((word) => {
    const bare = word.endsWith(":") || word.endsWith(".") ? word.slice(0, -1) : word;
    const colon = bare.indexOf(":");
    return colon < 0 ? [bare] : [bare, bare.slice(colon + 1)];
  });
}

/** `""` where there is none. */
function callIdOf(bytes: Uint8Array, start: number, end: number): string {
  for (const line of decodeText(bytes, start, end).split("\r\n")) {
    if (line === "") break;
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).trimEnd().toLowerCase();
    if (name === "call-id" || name === "i") return line.slice(colon + 1).trim();
  }
  return "";
}
