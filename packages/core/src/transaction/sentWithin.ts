import type { Transaction } from "./transaction.ts";

/** Of transactions in order of time those that began no earlier and no later than this, so that not all of a leg have to be looked at. */
export function sentWithin(
  transactions: readonly Transaction[],
  fromMicros: number,
  untilMicros: number,
): readonly Transaction[] {
  const start = firstSince(transactions, fromMicros);
  let end = start;
  while (end < transactions.length && beganAt(transactions[end]) <= untilMicros) end++;
  return transactions.slice(start, end);
}

function firstSince(transactions: readonly Transaction[], micros: number): number {
  let [low, high] = [0, transactions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (beganAt(transactions[middle]) >= micros) high = middle;
    else low = middle + 1;
  }
  return low;
}

function beganAt({ first }: Transaction): number {
  return first.packet.timeMicros;
}
