import { parseUri, uriWithoutParameters } from "../../message/uri.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";

/** A request that came back to an element which had it already, each time with more Via values. RFC 3261 §16.3 */
export interface Return {
  /** The hops on which it reached the element, the earliest first; at least two, each behind the one before. */
  readonly arrivals: readonly Transaction[];
  /** Where the element sent it on. */
  readonly next: Transaction;
  /** It was for somebody else each time: a spiral. RFC 3261 §6 */
  readonly spiral: boolean;
  /** It went from the same element to the same element more than once. */
  readonly sameLinkAgain: boolean;
}

/** The way on which the request came back to an element most often. */
export function returnOf(root: Transaction): Return | undefined {
  if (root.downstream.length === 0) return undefined;
  let most: readonly Transaction[] = [];
  for (const hop of hops(root)) {
    if (hop.downstream.length > 0) continue;
    const arrivals = mostVisited(hop);
    if (arrivals.length > most.length) most = arrivals;
  }
  if (most.length < 2) return undefined;
  const targets = new Set(most.filter(({ request }) => request !== undefined).map(targetOf));
  const links = new Set(most.map(({ client, server }) => `${client.text} ${server.text}`));
  return { arrivals: most, next: nextOf(most), spiral: targets.size > 1, sameLinkAgain: links.size < most.length };
}

/** The hops of the way to this one that reached the element which was reached most often. */
function mostVisited(leaf: Transaction): readonly Transaction[] {
  const visits = new Map<unknown, Transaction[]>();
  let most: Transaction[] = [];
  for (let hop: Transaction | undefined = leaf; hop !== undefined; hop = hop.upstream) {
    const known = visits.get(hop.server);
    const arrivals = known ?? [];
    if (known === undefined) visits.set(hop.server, arrivals);
    arrivals.unshift(hop);
    if (arrivals.length > most.length) most = arrivals;
  }
  return most;
}

/** Whom it was for, by the user part: hosts change on each hop. */
function targetOf({ request }: Transaction): string {
  const uri = request?.requestUri ?? "";
  return parseUri(uri)?.user ?? uriWithoutParameters(uri);
}

/** The hop below the first arrival that led to the second. */
function nextOf([first, second]: readonly Transaction[]): Transaction {
  let hop = second;
  while (hop.upstream !== undefined && hop.upstream !== first) hop = hop.upstream;
  return hop;
}
