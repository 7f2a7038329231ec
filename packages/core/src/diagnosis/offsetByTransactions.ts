import type { Sighting } from "./sighting.ts";

/** What clocks drift apart while a capture runs. */
const DRIFT_MICROS = 250_000;

/**
 * How far two clocks are apart where a request and the answer to it passed both places. On its way there the request met one of them first, and the
 * answer the other: what the times of the request are apart and what those of the answer are apart lie on either side of what the clocks are apart,
 * whichever of the places is nearer to the client. What all of them say together is the offset, half their distance is how far it may be from that.
 *
 * @param coarseMicros what a time may be short of because the log has whole seconds only
 */
export function offsetByTransactions(
  first: readonly Sighting[],
  second: readonly Sighting[],
  coarseMicros: number,
): { micros: number; messages: number; marginMicros: number } | undefined {
  const [here, there] = [firstSights(first), firstSights(second)];
  let [lowest, highest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let messages = 0;
  for (const [transaction, sights] of here) {
    const [apart, ...answersApart] = differences(sights, there.get(transaction));
    if (apart === undefined || answersApart.length === 0) continue;
    messages += 1 + answersApart.length;
    for (const answerApart of answersApart) {
      lowest = Math.max(lowest, Math.min(apart, answerApart) - coarseMicros);
      highest = Math.min(highest, Math.max(apart, answerApart) + coarseMicros);
    }
  }
  if (messages === 0 || lowest - highest > DRIFT_MICROS) return undefined;
  // What the clocks say may be true: it is left.
  const isTrue = Math.min(lowest, highest) <= 0 && Math.max(lowest, highest) >= 0;
  const micros = isTrue ? 0 : Math.round((lowest + highest) / 2);
  return { micros, messages, marginMicros: Math.ceil(Math.max(Math.abs(lowest - micros), Math.abs(highest - micros))) };
}

/** When each message was seen first, by transaction. What was sent again is a later one. */
function firstSights(sightings: readonly Sighting[]): Map<string, Map<string, number>> {
  const transactions = new Map<string, Map<string, number>>();
  for (const { passing, timeMicros } of sightings) {
    if (passing === undefined) continue;
    const sights = transactions.get(passing.transaction) ?? new Map<string, number>();
    transactions.set(passing.transaction, sights);
    sights.set(passing.answer, Math.min(timeMicros, sights.get(passing.answer) ?? timeMicros));
  }
  return transactions;
}

/** What the times of the request are apart, and those of each answer that is in both; none without the request. */
function differences(here: ReadonlyMap<string, number>, there: ReadonlyMap<string, number> | undefined): number[] {
  if (there === undefined || !here.has(REQUEST) || !there.has(REQUEST)) return [];
  const common = [...here.keys()].filter((answer) => answer !== REQUEST && there.has(answer));
  return [REQUEST, ...common].map((answer) => there.get(answer)! - here.get(answer)!);
}

const REQUEST = "";
