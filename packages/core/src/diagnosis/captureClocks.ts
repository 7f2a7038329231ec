import type { EndedCall } from "../call/callTracker.ts";
import type { Frame } from "../capture/frame.ts";
import { CLOCK_TOLERANCE_MICROS } from "../capture/frameSink.ts";
import type { Packet } from "../network/packet.ts";
import type { AlignedMerger } from "./alignedMerger.ts";
import type { ClockSpan } from "./clockSpan.ts";
import { ORDERED_MICROS } from "./inexactClocks.ts";
import type { JudgedCall } from "./judge/callJudge.ts";
import { type CaptureSpan, observedThrough } from "./observedThrough.ts";

/** Of two files that a capture program wrote one after the other, the last frames may be later than the first of the next one, by less. */
const LEAST_OVERLAP_MICROS = 1_000_000;
/** A clock that is wrong is so by less: a zone, or the hour of summer. */
const MOST_WRONG_MICROS = 86_400_000_000;
/** Times before 2000 are of logs that do not say the day. */
const DATED_MICROS = 946_684_800_000_000;
/** A clock that is set more often is not followed. */
const MOST_PARTS = 100;

type CallClocks = Pick<JudgedCall, "observedUntilMicros" | "clockMarginMicros" | "clocks">;

/** What lies between two times at which the clock of a capture was set back. */
interface Part extends CaptureSpan {
  readonly frame: number;
  firstMicros: number;
  lastMicros: number;
}

/** Knows by which clocks captures were made, and how far each saw what it holds. */
export class CaptureClocks {
  readonly #merger: AlignedMerger | undefined;
  readonly #parts: readonly Part[][];
  /** Of the latest frame of each capture. */
  readonly #latestMicros: number[];
  /** Which two captures are by clocks that nothing ties together, as far as they were read when that was last asked. */
  readonly #apart: Map<number, boolean> = new Map();
  #isSteady = true;

  constructor(captures: number, merger: AlignedMerger | undefined) {
    this.#merger = merger;
    this.#parts = Array.from({ length: captures }, () => []);
    this.#latestMicros = Array.from({ length: captures }, () => Number.NEGATIVE_INFINITY);
  }

  /** Asks anew which clocks are tied together: more of the captures has been read. */
  readOn(): void {
    this.#apart.clear();
  }

  /** The frames of one capture come in their order. */
  push({ capture, number, timeMicros }: Frame): void {
    const parts = this.#parts[capture];
    const isSetBack = timeMicros < this.#latestMicros[capture] - CLOCK_TOLERANCE_MICROS;
    this.#latestMicros[capture] = timeMicros;
    const part = parts[parts.length - 1];
    if (part === undefined || (isSetBack && parts.length < MOST_PARTS)) {
      parts.push({ frame: number, firstMicros: timeMicros, lastMicros: timeMicros });
      this.#isSteady &&= part === undefined;
    } else if (timeMicros > part.lastMicros) part.lastMicros = timeMicros;
    else if (timeMicros < part.firstMicros) part.firstMicros = timeMicros;
  }

  /** By which clocks the call was seen, and until when. */
  of({ legs, observedUntilMicros }: Pick<EndedCall, "legs" | "observedUntilMicros">): CallClocks {
    if (this.#merger === undefined && this.#isSteady) return { observedUntilMicros, clockMarginMicros: 0, clocks: [] };
    const packets = legs.flatMap((leg) => leg.packets());
    const captures = [...new Set(packets.map(({ capture }) => capture))];
    const hosts = [...new Set(packets.flatMap(({ source, destination }) => [source.host, destination.host]))];
    const spans = this.#spansOf([...captures, ...this.#othersThan(captures)], hosts, observedUntilMicros);
    const seenUntil = captures.map((capture) =>
      untilEnd(
        spans,
        packets.findLast((each) => each.capture === capture)!,
      ),
    );
    const isUnknown = captures.some((one) => captures.some((other) => other > one && this.#areApart(one, other)));
    const margins = captures.length < 2 ? [0] : captures.map((capture) => this.#merger!.marginOf(capture));
    return {
      observedUntilMicros: Math.min(observedUntilMicros, Math.max(...seenUntil)),
      clockMarginMicros: isUnknown ? Number.POSITIVE_INFINITY : Math.max(...margins),
      clocks: spans.some(({ clock }) => clock !== spans[0].clock) ? spans : [],
    };
  }

  /** Captures in which there may be more about a call. */
  #othersThan(captures: readonly number[]): number[] {
    return [...this.#parts.keys()].filter(
      (other) =>
        !captures.includes(other) && captures.some((one) => mayBeAtOnce(this.#extentOf(one), this.#extentOf(other))),
    );
  }

  /** One file that goes on with another, and shows the same hosts, is by the same clock. */
  #areApart(one: number, other: number): boolean {
    const pair = Math.min(one, other) * this.#parts.length + Math.max(one, other);
    let areApart = this.#apart.get(pair);
    if (areApart === undefined) {
      areApart =
        !this.#merger!.knowsClocksOf(one, other) &&
        (ranAtOnce(this.#extentOf(one), this.#extentOf(other)) || !this.#merger!.showSameWay(one, other));
      this.#apart.set(pair, areApart);
    }
    return areApart;
  }

  /** All of a capture, by one clock for all. */
  #extentOf(capture: number): CaptureSpan {
    const parts = this.#parts[capture];
    const offset = this.#merger?.offsetOf(capture) ?? 0;
    return {
      firstMicros: Math.min(...parts.map(({ firstMicros }) => firstMicros)) - offset,
      lastMicros: Math.max(...parts.map(({ lastMicros }) => lastMicros)) - offset,
    };
  }

  #spansOf(captures: readonly number[], hosts: readonly string[], nowMicros: number): ClockSpan[] {
    return captures.flatMap((capture) => {
      const parts = this.#parts[capture];
      const offset = this.#merger?.offsetOf(capture) ?? 0;
      const marginMicros = this.#merger?.marginOf(capture) ?? 0;
      const isNear = hosts.some((host) => this.#merger?.showsHost(capture, host) ?? true);
      const first = this.#firstTiedTo(capture, captures);
      const isExact = marginMicros <= ORDERED_MICROS && (this.#merger?.marginOf(first) ?? 0) <= ORDERED_MICROS;
      return parts.map(({ frame, firstMicros, lastMicros }, index) => {
        const span = { firstMicros: firstMicros - offset, lastMicros: lastMicros - offset };
        const isLast = index === parts.length - 1;
        return {
          capture,
          frame,
          clock: (index === 0 && isExact ? first : capture) * MOST_PARTS + index,
          tie: (index === 0 ? first : capture) * MOST_PARTS + index,
          marginMicros,
          isNear,
          ...span,
          observedUntilMicros: isLast ? this.#observedThrough(capture, span, nowMicros) : span.lastMicros,
        };
      });
    });
  }

  /** Of these captures, over others if need be. */
  #firstTiedTo(capture: number, captures: readonly number[]): number {
    const other = captures.find((each) => each === capture || !this.#areApart(each, capture))!;
    return other === capture ? capture : this.#firstTiedTo(other, captures.slice(0, captures.indexOf(capture)));
  }

  /** To the end of the last part, and further where a file goes on with this one, or where what is captured live is silent. */
  #observedThrough(capture: number, last: CaptureSpan, nowMicros: number): number {
    if (this.#merger === undefined)
      return last.lastMicros + Math.max(0, nowMicros - this.#extentOf(capture).lastMicros);
    return observedThrough(
      last,
      [...this.#parts.keys()].map((each) => this.#extentOf(each)),
    );
  }
}

/** How far the capture of a packet goes on after it, by its clock at that time. */
function untilEnd(spans: readonly ClockSpan[], { capture, frame }: Packet): number {
  const after = spans.filter((span) => span.capture === capture);
  const at = after.findLastIndex((span) => span.frame <= frame);
  if (at < 0) return Number.NEGATIVE_INFINITY;
  const later = after.slice(at + 1).map(({ firstMicros, observedUntilMicros }) => observedUntilMicros - firstMicros);
  return later.reduce((until, micros) => until + micros, after[at].observedUntilMicros);
}

/** True where the one does not go on with the other. */
function ranAtOnce(one: CaptureSpan, other: CaptureSpan): boolean {
  const shorter = Math.min(one.lastMicros - one.firstMicros, other.lastMicros - other.firstMicros);
  return overlapOf(one, other) >= Math.min(LEAST_OVERLAP_MICROS, shorter / 2);
}

/** True where they did, or would have by right clocks. */
function mayBeAtOnce(one: CaptureSpan, other: CaptureSpan): boolean {
  const isDated = one.firstMicros >= DATED_MICROS && other.firstMicros >= DATED_MICROS;
  return !isDated || overlapOf(one, other) > -MOST_WRONG_MICROS;
}

/** Negative where they are apart. */
function overlapOf(one: CaptureSpan, other: CaptureSpan): number {
  return Math.min(one.lastMicros, other.lastMicros) - Math.max(one.firstMicros, other.firstMicros);
}
