import type { SipMessage, SipRequest, SipResponse } from "../message/message.ts";
import type { Endpoint } from "../network/packet.ts";
import type { Transaction } from "./transaction.ts";

/** A transaction while it is being put together. */
export interface OpenTransaction extends Transaction {
  request: SipRequest | undefined;
  requests: SipRequest[];
  responses: SipResponse[];
  acks: SipRequest[];
  downstream: OpenTransaction[];
  finalResponse: SipResponse | undefined;
  cancel: OpenTransaction | undefined;
  cancels: OpenTransaction | undefined;
  upstream: OpenTransaction | undefined;
  unseenHops: number;
  /** The next transaction with the same branch, method and CSeq number. */
  alike: OpenTransaction | undefined;
  /** The first of those that share the branch alone: an ACK, a CANCEL. */
  sharing: OpenTransaction | undefined;
}

/** Transactions that share a branch and are compared; more only come from somebody who gives all of them the same. */
const MOST_SHARING = 8;

/** Transactions of one Call-ID by their top branch, method and CSeq number. */
export class Branches {
  /** By branch alone, which is a text that is there already. */
  readonly #first: Map<string, OpenTransaction> = new Map();
  /** What shares its branch with too many others, by all three. */
  readonly #others: Map<string, OpenTransaction> = new Map();

  /** The first of those; the others are `alike`. */
  first(branch: string, method: string, cseqNumber: number): OpenTransaction | undefined {
    let next = this.#first.get(branch);
    while (next !== undefined && (next.method !== method || next.cseqNumber !== cseqNumber)) next = next.sharing;
    return next ?? (this.#others.size === 0 ? undefined : this.#others.get(keyOf(branch, method, cseqNumber)));
  }

  add(opened: OpenTransaction): void {
    const { branch, method, cseqNumber } = opened;
    const first = this.first(branch, method, cseqNumber);
    if (first !== undefined) {
      opened.alike = first.alike;
      first.alike = opened;
      return;
    }
    let sharing = 1;
    for (let next = this.#first.get(branch); next !== undefined; next = next.sharing) sharing++;
    if (sharing > MOST_SHARING) {
      this.#others.set(keyOf(branch, method, cseqNumber), opened);
      return;
    }
    opened.sharing = this.#first.get(branch);
    this.#first.set(branch, opened);
  }
}

function keyOf(branch: string, method: string, cseqNumber: number): string {
  return `${branch} ${cseqNumber} ${method}`;
}

/** Transactions that are alike and looked at; more only come from somebody who wants it. */
export const MOST_ALIKE = 64;

/**
 * Puts the messages of one Call-ID, in order of time and without duplicates, together as transactions: by branch, method and
 * CSeq (RFC 3261 §17.1.3, §17.2.3); without the RFC 3261 cookie by CSeq and the two sides (the RFC 2543 rules of §17.2.3).
 */
export function matchTransactions(messages: readonly SipMessage[]): {
  transactions: OpenTransaction[];
  branches: Branches;
} {
  const transactions: OpenTransaction[] = [];
  const branches = new Branches();
  for (const message of messages) {
    const found = message.kind === "request" ? matchRequest(message, branches) : matchResponse(message, branches);
    if (found !== undefined) continue;
    const opened = openTransaction(message, transactions.length);
    transactions.push(opened);
    branches.add(opened);
  }
  return { transactions, branches };
}

function matchRequest(message: SipRequest, branches: Branches): OpenTransaction | undefined {
  const { source, destination } = message.packet;
  if (message.method === "ACK") {
    const invite = find(branches, message, "INVITE", source, destination);
    // The branch of the INVITE is that of an ACK for a refusal, even where the capture lacks the refusal. RFC 3261 §17.1.1.3
    if (invite === undefined || (invite.finalResponse?.statusCode ?? 300) < 300) return matchAgain(message, branches);
    invite.acks.push(message);
    return invite;
  }
  return matchAgain(message, branches);
}

/**
 * The transaction of which this request is a retransmission. It may come from another port of the client, which opened a new connection or
 * got a new place in its NAT: the branch tells, not the source. RFC 3261 §17.2.3
 */
function matchAgain(message: SipRequest, branches: Branches): OpenTransaction | undefined {
  const { source, destination } = message.packet;
  const known = find(branches, message, message.method, source, destination);
  if (known === undefined || known.client.host !== source.host || known.server !== destination) return undefined;
  known.request ??= message;
  known.requests.push(message);
  return known;
}

function matchResponse(message: SipResponse, branches: Branches): OpenTransaction | undefined {
  const { source, destination } = message.packet;
  const known = find(branches, message, message.method, destination, source);
  if (known === undefined) return undefined;
  known.responses.push(message);
  if (message.statusCode >= 200 && known.finalResponse === undefined) known.finalResponse = message;
  return known;
}

/** By branch, method and CSeq number; of several, the nearest. */
function find(
  branches: Branches,
  message: SipMessage,
  method: string,
  client: Endpoint,
  server: Endpoint,
): OpenTransaction | undefined {
  return nearest(branches.first(message.branch, method, message.cseqNumber), client, server);
}

/**
 * Of those that are alike, from the first one on, the one between these two sides, else between these two hosts (an element may answer from another
 * port), else the latest.
 */
export function nearest(
  first: OpenTransaction | undefined,
  client: Endpoint,
  server: Endpoint,
  fits: (transaction: Transaction) => boolean = isAny,
): OpenTransaction | undefined {
  let best: OpenTransaction | undefined;
  let bestScore = -1;
  let looked = 0;
  for (let next = first; next !== undefined && looked < MOST_ALIKE; next = next.alike, looked++) {
    const score = nearness(next, client, server);
    if (score >= bestScore && fits(next)) {
      best = next;
      bestScore = score;
    }
  }
  return best;
}

function isAny(): boolean {
  return true;
}

/** How well a transaction fits what passed between these two sides: 4 for the same two, 0 for two other hosts. */
function nearness(transaction: Transaction, client: Endpoint, server: Endpoint): number {
  if (transaction.client === client && transaction.server === server) return 4;
  const sameClient = transaction.client.host === client.host;
  const sameServer = transaction.server.host === server.host;
  return sameClient && sameServer ? 3 : sameServer ? 2 : sameClient ? 1 : 0;
}

function openTransaction(message: SipMessage, index: number): OpenTransaction {
  const { source, destination } = message.packet;
  const isRequest = message.kind === "request";
  return {
    index,
    method: message.method,
    cseqNumber: message.cseqNumber,
    branch: message.branch,
    client: isRequest ? source : destination,
    server: isRequest ? destination : source,
    request: isRequest ? message : undefined,
    first: message,
    requests: isRequest ? [message] : [],
    responses: isRequest ? [] : [message],
    finalResponse: !isRequest && message.statusCode >= 200 ? message : undefined,
    acks: [],
    cancel: undefined,
    cancels: undefined,
    upstream: undefined,
    unseenHops: 0,
    downstream: [],
    alike: undefined,
    sharing: undefined,
  };
}
