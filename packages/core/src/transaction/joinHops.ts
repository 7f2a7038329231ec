import { via } from "../message/via.ts";
import { type Branches, MOST_ALIKE, nearest, type OpenTransaction } from "./matchTransactions.ts";

/**
 * Joins the transactions that one request made on its way through proxies, by its Via list: the branch that an upstream hop had
 * on top stands below the forwarded request's own (RFC 3261 §16.6 step 8, §18.2.1). Also joins each CANCEL with its INVITE.
 */
export function joinHops(transactions: readonly OpenTransaction[], branches: Branches): void {
  for (const transaction of transactions) {
    if (transaction.method === "CANCEL") joinCancel(transaction, branches);
    const upstream = upstreamByVia(transaction, branches) ?? upstreamByAddress(transaction, transactions);
    if (upstream === undefined || upstream === transaction) continue;
    transaction.upstream = upstream;
    upstream.downstream.push(transaction);
  }
}

/** With the INVITE that its server got with the same branch, from the nearest client: a NAT may have given it another source meanwhile. RFC 3261 §9.2 */
function joinCancel(cancel: OpenTransaction, branches: Branches): void {
  const { branch, cseqNumber, client, server } = cancel;
  const invite = nearest(
    branches.first(branch, "INVITE", cseqNumber),
    client,
    server,
    (each) => each.server === server,
  );
  if (invite === undefined) return;
  invite.cancel = cancel;
  cancel.cancels = invite;
}

function upstreamByVia(transaction: OpenTransaction, branches: Branches): OpenTransaction | undefined {
  const vias = transaction.first.branches;
  for (let i = 1; i < vias.length; i++) {
    if (vias[i] === "") continue;
    const found = earlierHop(transaction, vias[i], branches);
    if (found === undefined) continue;
    transaction.unseenHops = i - 1;
    return found;
  }
  return sameMessageElsewhere(transaction, branches);
}

function earlierHop(transaction: OpenTransaction, branch: string, branches: Branches): OpenTransaction | undefined {
  return firstAlike(transaction, branch, branches, (other) => other !== transaction);
}

/** The same request between two other addresses: it passed a NAT or another element that adds no Via. */
function sameMessageElsewhere(transaction: OpenTransaction, branches: Branches): OpenTransaction | undefined {
  if (transaction.branch === "") return undefined;
  const isEarlier = (other: OpenTransaction): boolean => other.index < transaction.index && other.request !== undefined;
  return firstAlike(transaction, transaction.branch, branches, isEarlier);
}

/** The first transaction with this branch and the method and CSeq number of the other that fits and does not hang below it. */
function firstAlike(
  transaction: OpenTransaction,
  branch: string,
  branches: Branches,
  fits: (other: OpenTransaction) => boolean,
): OpenTransaction | undefined {
  let looked = 0;
  let next = branches.first(branch, transaction.method, transaction.cseqNumber);
  for (; next !== undefined && looked < MOST_ALIKE; next = next.alike, looked++) {
    if (fits(next) && !leadsTo(transaction, next)) return next;
  }
  return undefined;
}

/** An element that hides topology removes the Via values: same CSeq, and it leaves from the host at which the other arrived. */
function upstreamByAddress(
  transaction: OpenTransaction,
  transactions: readonly OpenTransaction[],
): OpenTransaction | undefined {
  if (transaction.request === undefined || transaction.first.count(via) > 1) return undefined;
  const first = Math.max(0, transaction.index - 16);
  for (let i = transaction.index - 1; i >= first; i--) {
    const other = transactions[i];
    if (other.method !== transaction.method || other.cseqNumber !== transaction.cseqNumber) continue;
    if (other.server.host !== transaction.client.host || other.client.host === transaction.client.host) continue;
    if (other.first.fromTag === transaction.first.fromTag && !leadsTo(transaction, other)) return other;
  }
  return undefined;
}

/** True where `to` already hangs below `from`: joining them again would make a ring. */
function leadsTo(from: OpenTransaction, to: OpenTransaction): boolean {
  for (let next: OpenTransaction | undefined = to; next !== undefined; next = next.upstream) {
    if (next === from) return true;
  }
  return false;
}
