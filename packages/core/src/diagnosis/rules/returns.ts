import { sameResponse } from "../../call/origin.ts";
import { maxForwards } from "../../message/maxForwards.ts";
import type { SipResponse } from "../../message/message.ts";
import { parseUri, uriWithoutParameters } from "../../message/uri.ts";
import type { Endpoint } from "../../network/packet.ts";
import { hops, isUpstreamSeenAgain, ringing, type Transaction } from "../../transaction/transaction.ts";

export const LOOP_CODES: ReadonlySet<number> = new Set([482, 483]);

/** A request that came back to an element which had it already, each time with more Via values. RFC 3261 §16.3 */
export interface Return {
  /** The hops on which it reached the element, the earliest first; at least two, each behind the one before. */
  readonly arrivals: readonly Transaction[];
  /** Where the element sent it on. */
  readonly next: Transaction;
  /** It was for somebody else each time: a spiral. RFC 3261 §6 */
  readonly spiral: boolean;
  /** It was for the same one by the same Route more than once: what decides where it goes had not changed. RFC 3261 §6, RFC 5393 §4.2.1 */
  readonly unchanged: boolean;
  /** Unchanged, it went from the same element to the same element more than once. */
  readonly sameLinkAgain: boolean;
  /** In the end it went on to an element that it had not passed on the way round, or somebody rang. */
  readonly leaves: boolean;
  /** The 482 or 483 of an element on the way round. */
  readonly limit: Limit | undefined;
}

export interface Limit {
  readonly response: SipResponse;
  /** It is a 482, or a 483 to a request with no hops left: none of somebody further on. RFC 3261 §16.3 */
  readonly own: boolean;
}

/** The way on which the request came back to an element most often. */
export function returnOf(root: Transaction): Return | undefined {
  if (root.downstream.length === 0) return undefined;
  let most: readonly Transaction[] = [];
  let end = root;
  for (const hop of hops(root)) {
    if (hop.downstream.length > 0) continue;
    const arrivals = mostVisited(hop);
    if (arrivals.length <= most.length) continue;
    most = arrivals;
    end = hop;
  }
  if (most.length < 2) return undefined;
  const circle = serversBetween(most);
  const asked = most.filter(({ request }) => request !== undefined);
  return {
    arrivals: most,
    next: nextOf(most),
    spiral: countOf(asked, targetOf) > 1,
    unchanged: countOf(asked, decisiveOf) < asked.length,
    sameLinkAgain: countOf(most, linkOf) < most.length,
    leaves: leavesBehind(most[most.length - 1], circle),
    limit: limitOn(end, most[0], circle),
  };
}

/** The hops of the way to this one that reached the element which was reached most often. */
function mostVisited(leaf: Transaction): readonly Transaction[] {
  const visits = new Map<unknown, Transaction[]>();
  let most: Transaction[] = [];
  for (let hop: Transaction | undefined = leaf; hop !== undefined; hop = hop.upstream) {
    if (isUpstreamSeenAgain(hop)) continue;
    const known = visits.get(hop.server);
    const arrivals = known ?? [];
    if (known === undefined) visits.set(hop.server, arrivals);
    arrivals.unshift(hop);
    if (arrivals.length > most.length) most = arrivals;
  }
  return most;
}

function countOf(arrivals: readonly Transaction[], of: (arrival: Transaction) => string): number {
  return new Set(arrivals.map(of)).size;
}

/** Whom it was for, by the user part: hosts change on each hop. */
function targetOf({ request }: Transaction): string {
  const uri = request?.requestUri ?? "";
  return parseUri(uri)?.user ?? uriWithoutParameters(uri);
}

/**
 * What an element decides by. Application servers get a request back on purpose: the Route or the served user says which of them it
 * has passed. RFC 3261 §6
 */
function decisiveOf(arrival: Transaction): string {
  const { request } = arrival;
  const others = [...(request?.values("Route") ?? []), ...(request?.values("P-Served-User") ?? [])];
  return [targetOf(arrival), ...others].join("\n");
}

/** A request that is not in view was as it had been on the hop before. */
function linkOf(arrival: Transaction): string {
  const { client, server, request, upstream = arrival } = arrival;
  return `${client.text} ${server.text} ${decisiveOf(request === undefined ? upstream : arrival)}`;
}

function serversBetween(arrivals: readonly Transaction[]): ReadonlySet<Endpoint> {
  const servers = new Set<Endpoint>();
  for (const hop of wayUp(arrivals[arrivals.length - 1], arrivals[0])) servers.add(hop.server);
  return servers;
}

function leavesBehind(last: Transaction, circle: ReadonlySet<Endpoint>): boolean {
  const [, ...further] = hops(last);
  return ringing(last) !== undefined || (further.length > 0 && further.every(({ server }) => !circle.has(server)));
}

/** What comes from beyond the circle, or from another branch of a fork, says nothing about the way round. */
function limitOn(end: Transaction, first: Transaction, circle: ReadonlySet<Endpoint>): Limit | undefined {
  for (const hop of wayUp(end, first)) {
    const response = hop.responses.find(({ statusCode }) => LOOP_CODES.has(statusCode));
    if (response === undefined) continue;
    if (!circle.has(hop.server) || hop.downstream.some((next) => sameResponse(next, response) !== undefined))
      return undefined;
    return { response, own: response.statusCode === 482 || hopsLeftOn(hop) === 0 };
  }
  return undefined;
}

/** What Max-Forwards is on this hop, or must be behind the one before. RFC 3261 §16.6 step 3 */
function hopsLeftOn({ request, upstream, unseenHops }: Transaction): number | undefined {
  if (request !== undefined) return request.first(maxForwards);
  const before = upstream?.request?.first(maxForwards);
  return before === undefined ? undefined : Math.max(0, before - 1 - unseenHops);
}

/** From this hop up to the other, both included. */
function wayUp(from: Transaction, to: Transaction): Transaction[] {
  const way = [from];
  for (let hop = from; hop !== to && hop.upstream !== undefined; hop = hop.upstream) way.push(hop.upstream);
  return way;
}

/** The hop below the first arrival that led to the second. */
function nextOf([first, second]: readonly Transaction[]): Transaction {
  let hop = second;
  while (hop.upstream !== undefined && hop.upstream !== first) hop = hop.upstream;
  return hop;
}
