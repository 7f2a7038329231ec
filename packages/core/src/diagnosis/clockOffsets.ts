import { groupBy } from "../network/groupBy.ts";
import { offsetByTransactions } from "./offsetByTransactions.ts";
import type { Sighting } from "./sighting.ts";

/** How far the clock of a capture is ahead of that of another. */
export interface ClockOffset {
  readonly capture: number;
  readonly reference: number;
  readonly micros: number;
  /** Messages that both captures hold and that agree on it, or that passed both. */
  readonly messages: number;
  /** How far it may be from that; undefined where the very same messages are in both, and agree. */
  readonly marginMicros?: number;
  /** True where one of the clocks goes faster. */
  readonly isDrifting?: boolean;
}

/** Fewer messages than this prove nothing, and of more nearly all must agree. */
const FEWEST_MESSAGES = 3;
const AGREEING_SHARE = 0.8;
/** Of a clock that drifts, what the messages say changes little by little: from each of so many parts to the next, each of some messages. */
const PARTS = 10;
const FEWEST_IN_A_PART = 3;
/** How far the messages may be apart: what networks take. */
const AGREEMENT_MICROS = 250_000;
/** A smaller offset is no other than what the network took. */
const SMALLEST_MICROS = 20_000;
/** The same where a log has whole seconds only. */
const COARSE_MICROS = 1_100_000;
const SECOND_MICROS = 1_000_000;
/** Times before 2000 are of logs that do not say the day. */
const DATED_MICROS = 946_684_800_000_000;

/** What is known of the clocks of several captures. */
export interface Clocks {
  /** All that is known. */
  readonly known: readonly ClockOffset[];
  /** Those of them that are worth telling. */
  readonly offsets: readonly ClockOffset[];
  /** Captures whose clocks are known against each other, in groups; one that hangs together with no other is in none. */
  readonly groups: readonly ReadonlySet<number>[];
}

/**
 * Finds from messages seen in several captures how far their clocks are apart. A message takes time from one host to the other, which makes the
 * clock of the receiving side look ahead; in the other direction it makes it look behind: the offset lies between the two.
 */
export function readClocks(sightings: readonly Sighting[]): Clocks {
  const byCapture = groupBy(sightings, ({ capture }) => capture);
  const captures = [...byCapture.keys()].sort((a, b) => a - b);
  const isCoarse = new Map(captures.map((capture) => [capture, hasWholeSeconds(byCapture.get(capture) ?? [])]));
  const pairs: ClockOffset[] = [];
  for (const [index, reference] of captures.entries()) {
    for (const capture of captures.slice(index + 1)) {
      const areCoarse = isCoarse.get(capture) === true || isCoarse.get(reference) === true;
      const [first, second] = [byCapture.get(reference) ?? [], byCapture.get(capture) ?? []];
      const found =
        offsetBetween(first, second, areCoarse ? COARSE_MICROS : AGREEMENT_MICROS) ??
        offsetByTransactions(first, second, areCoarse ? COARSE_MICROS : 0);
      if (found !== undefined) pairs.push({ capture, reference, ...found });
    }
  }
  const known = relativeOffsets(
    captures.toSorted((a, b) => preference(byCapture, a) - preference(byCapture, b)),
    pairs,
  );
  const offsets = known.filter(({ capture, reference, micros, marginMicros }) => {
    if (marginMicros !== undefined) return Math.abs(micros) > marginMicros;
    return Math.abs(micros) >= (isCoarse.get(capture) || isCoarse.get(reference) ? COARSE_MICROS : SMALLEST_MICROS);
  });
  const groups = groupBy(known, ({ reference }) => reference);
  return {
    known,
    offsets,
    groups: [...groups].map(([reference, others]) => new Set([reference, ...others.map(({ capture }) => capture)])),
  };
}

/** A capture that says the day is a better reference than a log that does not; otherwise the first one is as good as any. */
function preference(byCapture: ReadonlyMap<number, readonly Sighting[]>, capture: number): number {
  const isDated = (byCapture.get(capture)?.[0]?.timeMicros ?? 0) >= DATED_MICROS;
  return isDated ? capture : capture + Number.MAX_SAFE_INTEGER / 2;
}

function hasWholeSeconds(sightings: readonly Sighting[]): boolean {
  return sightings.every(({ timeMicros }) => timeMicros % SECOND_MICROS === 0);
}

interface Delta {
  readonly micros: number;
  /** By the first clock. */
  readonly timeMicros: number;
  /** The two sides in one order, and whether it went that way. */
  readonly sides: string;
  readonly isForward: boolean;
}

function offsetBetween(
  first: readonly Sighting[],
  second: readonly Sighting[],
  tolerance: number,
): Omit<ClockOffset, "capture" | "reference"> | undefined {
  const deltas = deltasBetween(first, second);
  const middle = median(deltas.map(({ micros }) => micros));
  const agreeing = deltas.filter(({ micros }) => Math.abs(micros - middle) <= tolerance);
  if (agreeing.length < Math.max(FEWEST_MESSAGES, deltas.length * AGREEING_SHARE))
    return driftBetween(deltas, tolerance);
  return { micros: Math.round(betweenDirections(agreeing)), messages: agreeing.length };
}

function driftBetween(
  deltas: readonly Delta[],
  tolerance: number,
): Omit<ClockOffset, "capture" | "reference"> | undefined {
  if (deltas.length < PARTS * FEWEST_IN_A_PART) return undefined;
  const sorted = deltas.toSorted((a, b) => a.timeMicros - b.timeMicros).map(({ micros }) => micros);
  const size = sorted.length / PARTS;
  const parts = Array.from({ length: PARTS }, (_, part) =>
    sorted.slice(Math.round(part * size), Math.round((part + 1) * size)),
  );
  const middles = parts.map(median);
  const messages = parts.flatMap((part, index) =>
    part.filter((micros) => Math.abs(micros - middles[index]) <= tolerance),
  ).length;
  const isGradual = middles.every((micros, index) => Math.abs(micros - middles[Math.max(0, index - 1)]) <= tolerance);
  if (!isGradual || messages < deltas.length * AGREEING_SHARE) return undefined;
  const [lowest, highest] = [Math.min(...middles), Math.max(...middles)];
  const marginMicros = Math.ceil((highest - lowest) / 2) + tolerance;
  return { micros: Math.round((lowest + highest) / 2), messages, marginMicros, isDrifting: true };
}

/** A message that one capture has more often than the other was repeated and lost: which is which cannot be told. */
function deltasBetween(first: readonly Sighting[], second: readonly Sighting[]): Delta[] {
  const others = groupBy(second, ({ key }) => key);
  const deltas: Delta[] = [];
  for (const [key, sights] of groupBy(first, (sighting) => sighting.key)) {
    const matches = others.get(key);
    if (matches?.length !== sights.length) continue;
    for (const [index, { timeMicros, source, destination }] of sights.entries()) {
      const isForward = source < destination;
      const sides = isForward ? `${source} ${destination}` : `${destination} ${source}`;
      deltas.push({ micros: matches[index].timeMicros - timeMicros, timeMicros, sides, isForward });
    }
  }
  return deltas;
}

/** Halfway between what the one direction says and what the other, for each two sides of which both were seen. */
function betweenDirections(deltas: readonly Delta[]): number {
  const middles: number[] = [];
  for (const [sides, both] of groupBy(deltas, (delta) => delta.sides)) {
    const forward = both.filter(({ isForward }) => isForward).map(({ micros }) => micros);
    const back = both.filter(({ isForward }) => !isForward).map(({ micros }) => micros);
    const isKnown = !sides.startsWith(" ") && forward.length > 0 && back.length > 0;
    if (isKnown) middles.push((median(forward) + median(back)) / 2);
  }
  return median(middles.length > 0 ? middles : deltas.map(({ micros }) => micros));
}

/** Each capture against the first one that it hangs together with, over others if need be; what is known exactly is gone over first. */
function relativeOffsets(captures: readonly number[], pairs: readonly ClockOffset[]): ClockOffset[] {
  const exactFirst = pairs.toSorted((a, b) => (a.marginMicros ?? 0) - (b.marginMicros ?? 0));
  const offsets: ClockOffset[] = [];
  const placed = new Set<number>();
  for (const reference of captures) {
    if (placed.has(reference)) continue;
    placed.add(reference);
    const reached = new Map<number, Pick<ClockOffset, "micros" | "marginMicros">>([[reference, { micros: 0 }]]);
    for (;;) {
      const pair = exactFirst.find((each) => reached.has(each.capture) !== reached.has(each.reference));
      if (pair === undefined) break;
      const isTurned = reached.has(pair.capture);
      const capture = isTurned ? pair.reference : pair.capture;
      const from = reached.get(isTurned ? pair.capture : pair.reference)!;
      const offset = {
        micros: from.micros + (isTurned ? -pair.micros : pair.micros),
        marginMicros: sumOf(from.marginMicros, pair.marginMicros),
      };
      placed.add(capture);
      reached.set(capture, offset);
      offsets.push({
        capture,
        reference,
        messages: pair.messages,
        ...offset,
        ...(pair.isDrifting && { isDrifting: true }),
      });
    }
  }
  return offsets;
}

/** Undefined where both are. */
function sumOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : a + b;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
