import type { SipMessage, SipRequest, SipResponse } from "../message/message.ts";
import type { Endpoint } from "../network/packet.ts";
import { timerB, timerC } from "./timers.ts";

/**
 * A request and its responses between two neighbours, as seen from outside. RFC 3261 §17.
 * A request that a proxy forwards is a transaction of its own on each hop: `upstream` and `downstream` join them.
 */
export interface Transaction {
  /** Position in the leg, from 0, by time of the first message. */
  readonly index: number;
  readonly method: string;
  readonly cseqNumber: number;
  /** Top Via branch; `""` where there is none. */
  readonly branch: string;
  /** The side that sent the request. */
  readonly client: Endpoint;
  readonly server: Endpoint;
  /** First sight of the request; undefined where the capture only has responses. */
  readonly request: SipRequest | undefined;
  /** The earliest message of the transaction. */
  readonly first: SipMessage;
  /** The request and its retransmissions, in order of time. */
  readonly requests: readonly SipRequest[];
  /** All responses and their retransmissions, in order of time. */
  readonly responses: readonly SipResponse[];
  /** The first final response. For an INVITE that forked, the others are in `responses`. */
  readonly finalResponse: SipResponse | undefined;
  /** ACKs of this hop for a final response >= 300. RFC 3261 §17.1.1.3 */
  readonly acks: readonly SipRequest[];
  /** The CANCEL of this INVITE on this hop. RFC 3261 §9.1 */
  readonly cancel: Transaction | undefined;
  /** The INVITE that this CANCEL is for. */
  readonly cancels: Transaction | undefined;
  /** The hop this request came from, when in view. */
  readonly upstream: Transaction | undefined;
  /** Via values between `upstream` and this one that belong to elements not in view. */
  readonly unseenHops: number;
  /** The hops it was forwarded on. */
  readonly downstream: readonly Transaction[];
}

/** A response of 101 to 199, which says more than Trying: on this hop, or further down where this hop's own is not in view. */
export function ringing(transaction: Transaction): SipResponse | undefined {
  for (const { responses } of hops(transaction)) {
    const found = responses.find(({ statusCode }) => statusCode > 100 && statusCode < 200);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** True for a 2xx. RFC 3261 §7.2 */
export function isSuccess({ statusCode }: Pick<SipResponse, "statusCode">): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** What a request that was cancelled is answered. RFC 3261 §9.2 */
export const REQUEST_TERMINATED = 487;

/** True where its final response is a refusal, which the end of a branch that was cancelled is not. RFC 3261 §9.1 */
export function wasRefused({ finalResponse }: Transaction): boolean {
  const statusCode = finalResponse?.statusCode ?? 0;
  return statusCode >= 300 && statusCode !== REQUEST_TERMINATED;
}

/** True for a CANCEL that was refused by who has the INVITE; who does not have it says so with 481. RFC 3261 §9.2 */
export function isRefusedCancel({ method, finalResponse }: Transaction): boolean {
  const statusCode = finalResponse?.statusCode ?? 0;
  return method === "CANCEL" && statusCode >= 300 && statusCode !== 481;
}

/** True where a 2xx came, whatever else did. RFC 3261 §13.2.2.4 */
export function wasAccepted({ responses }: Transaction): boolean {
  return responses.some(isSuccess);
}

/**
 * True where the CANCEL ended it, and the final response is that of a branch which had been refused before: a proxy holds that back while
 * other branches ring, and it goes before their 487. RFC 3261 §16.7 step 6, §16.10
 */
export function endsWithEarlierRefusal(transaction: Transaction): boolean {
  const { cancel, finalResponse, downstream } = transaction;
  const cancelled = cancel?.request?.packet.timeMicros;
  if (cancelled === undefined || !wasRefused(transaction)) return false;
  if (downstream.some(endsWithEarlierRefusal)) return true;
  if (downstream.length === 0) return ringsElsewhere(transaction, cancelled);
  const wasHeldBack = downstream.some(
    ({ finalResponse: end }) =>
      end !== undefined && end.statusCode === finalResponse?.statusCode && end.packet.timeMicros < cancelled,
  );
  return wasHeldBack && downstream.some((branch) => wasEndedByCancel(branch, cancelled));
}

/** Of a fork out of view: something rang until the CANCEL, which was taken, and the refusal is of another one. RFC 3261 §9.2, §12.1 */
function ringsElsewhere({ cancel, responses, finalResponse }: Transaction, cancelled: number): boolean {
  if (cancel === undefined || !wasAccepted(cancel) || finalResponse!.packet.timeMicros < cancelled) return false;
  const alerts = responses.filter(({ statusCode, toTag }) => statusCode === 180 && toTag !== "");
  return alerts.length > 0 && alerts.every(({ toTag }) => toTag !== finalResponse!.toTag);
}

/** The ACK of its 487 shows that as well, where the capture missed it. RFC 3261 §17.1.1.3 */
function wasEndedByCancel({ cancel, finalResponse, acks }: Transaction, cancelled: number): boolean {
  if (finalResponse === undefined)
    return cancel !== undefined && acks.some(({ packet }) => packet.timeMicros >= cancelled);
  return finalResponse.statusCode === REQUEST_TERMINATED && finalResponse.packet.timeMicros >= cancelled;
}

/** This transaction and all it was forwarded as, depth first. */
export function hops(transaction: Transaction): Transaction[] {
  if (transaction.downstream.length === 0) return [transaction];
  const found: Transaction[] = [];
  const pending: Transaction[] = [transaction];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    found.push(next);
    for (let i = next.downstream.length - 1; i >= 0; i--) pending.push(next.downstream[i]);
  }
  return found;
}

/** The hop nearest to who sent the request, as far as it is in view. */
export function firstHop(transaction: Transaction): Transaction {
  return transaction.upstream === undefined ? transaction : firstHop(transaction.upstream);
}

/**
 * True where the request of its upstream hop is seen once more, between two other addresses: what is between them added no Via, as a
 * NAT adds none. The branch alone does not show it: stateless proxies may give all ACKs the same. RFC 3261 §16.6 step 8, §16.11
 */
export function isUpstreamSeenAgain({ first, upstream }: Transaction): boolean {
  if (upstream === undefined || first.branch === "" || first.branch !== upstream.first.branch) return false;
  return first.branches.length === upstream.first.branches.length;
}

/**
 * How long a client waits for a final response, in microseconds: 64*T1 (timers B and F); an INVITE that was answered
 * provisionally may ring as long as timer C. RFC 3261 §16.6, §17.1.1.2, §17.1.2.2
 */
export function timerFor(transaction: Transaction): number {
  return transaction.method === "INVITE" && transaction.responses.length > 0 ? timerC : timerB;
}
