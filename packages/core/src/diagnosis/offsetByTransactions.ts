import type { Sighting } from "./sighting.ts";

/** What clocks drift apart while a capture runs, and what a network takes. */
const SLACK_MICROS = 250_000;
/** A proxy may give these itself, with the tag of an answer that it had got. RFC 3261 §16.7 */
const OF_PROXIES: ReadonlySet<number> = new Set([408, 487]);

/**
 * How far two clocks are apart where the same request passed both places. What all transactions say together is the offset, half of what they leave
 * open is how far it may be from that.
 *
 * @param coarseMicros what a time may be short of because the log has whole seconds only
 */
export function offsetByTransactions(
  first: readonly Sighting[],
  second: readonly Sighting[],
  coarseMicros: number,
): { micros: number; messages: number; marginMicros: number } | undefined {
  const [here, there] = [sightsOf(first), sightsOf(second)];
  let [lowest, highest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let messages = 0;
  for (const [transaction, sights] of here) {
    const others = there.get(transaction);
    if (others?.request === undefined || sights.request === undefined) continue;
    const answered = byAnswers(sights, others);
    const bounds = answered.length > 0 ? answered : byRefusal(sights, others);
    messages += bounds.length === 0 ? 0 : 1 + bounds.length;
    for (const { low, high } of bounds) {
      lowest = Math.max(lowest, low - coarseMicros);
      highest = Math.min(highest, high + coarseMicros);
    }
  }
  if (messages === 0 || lowest - highest > SLACK_MICROS) return undefined;
  // What the clocks say may be true: it is left.
  const isTrue = Math.min(lowest, highest) <= 0 && Math.max(lowest, highest) >= 0;
  const micros = isTrue ? 0 : Math.round((lowest + highest) / 2);
  return { micros, messages, marginMicros: Math.ceil(Math.max(Math.abs(lowest - micros), Math.abs(highest - micros))) };
}

/** A transaction as one place saw it. */
interface Sights {
  /** Of the request, undefined where it was not seen. */
  request: { readonly firstMicros: number; lastMicros: number; readonly branches: readonly string[] } | undefined;
  /** When each answer was seen first. What was sent again is a later one. */
  readonly answers: Map<string, number>;
  /** The first final response to this very request but a 2xx, whoever gave it. */
  refusedMicros: number | undefined;
}

/** The sightings of each capture are in order of time. */
function sightsOf(sightings: readonly Sighting[]): Map<string, Sights> {
  const transactions = new Map<string, Sights>();
  for (const { passing, timeMicros } of sightings) {
    if (passing === undefined) continue;
    const { transaction, branches, refusedBranch, statusCode, toTag } = passing;
    const sights = transactions.get(transaction) ?? {
      request: undefined,
      answers: new Map(),
      refusedMicros: undefined,
    };
    transactions.set(transaction, sights);
    const answer = `${statusCode} ${toTag}`;
    if (branches !== undefined) {
      sights.request ??= { firstMicros: timeMicros, lastMicros: timeMicros, branches };
      sights.request.lastMicros = timeMicros;
    } else if (statusCode > 100 && toTag !== "" && !OF_PROXIES.has(statusCode) && !sights.answers.has(answer))
      sights.answers.set(answer, timeMicros);
    // A branch of it may have been refused before.
    if (statusCode >= 300 && refusedBranch === sights.request?.branches[0]) sights.refusedMicros ??= timeMicros;
  }
  return transactions;
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

/**
 * On its way there the request met one of the places first, and an answer that passed both the other: what the times of the request are apart and what those of the answer
 * are apart lie on either side of what the clocks are apart, whichever of the places is nearer to the client.
 */
function byAnswers(here: Sights, there: Sights): Bounds[] {
  const apart = there.request!.firstMicros - here.request!.firstMicros;
  const bounds: Bounds[] = [];
  for (const [answer, timeMicros] of here.answers) {
    const other = there.answers.get(answer);
    if (other === undefined) continue;
    bounds.push({ low: Math.min(apart, other - timeMicros), high: Math.max(apart, other - timeMicros) });
  }
  return bounds;
}

/**
 * Where no answer passed both: by its Via values the one request was made of the other, so it was sent after that had come; and no more of it was sent once
 * a proxy had refused the other, which it does when it is through with all that it had sent. RFC 3261 §16.7
 */
function byRefusal(here: Sights, there: Sights): Bounds[] {
  if (isMadeOf(there, here) && here.refusedMicros !== undefined) {
    const high = there.request!.firstMicros - here.request!.firstMicros;
    return [{ low: Math.min(high, there.request!.lastMicros - here.refusedMicros - SLACK_MICROS), high }];
  }
  if (!isMadeOf(here, there) || there.refusedMicros === undefined) return [];
  const low = there.request!.firstMicros - here.request!.firstMicros;
  return [{ low, high: Math.max(low, there.refusedMicros - here.request!.lastMicros + SLACK_MICROS) }];
}

function isMadeOf({ request }: Sights, { request: other }: Sights): boolean {
  const [branch = ""] = other!.branches;
  return branch !== "" && request!.branches.indexOf(branch) > 0;
}
