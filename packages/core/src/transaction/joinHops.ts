import { via } from "../message/via.ts";
import type { Branches, OpenTransaction } from "./matchTransactions.ts";

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

function joinCancel(cancel: OpenTransaction, branches: Branches): void {
  for (let next = branches.get(cancel.branch); next !== undefined; next = next.sameBranch) {
    if (next.method !== "INVITE" || next.client !== cancel.client) continue;
    if (next.cseqNumber !== cancel.cseqNumber || next.server !== cancel.server) continue;
    next.cancel = cancel;
    cancel.cancels = next;
    return;
  }
}

function upstreamByVia(transaction: OpenTransaction, branches: Branches): OpenTransaction | undefined {
  const vias = transaction.first.branches;
  for (let i = 1; i < vias.length; i++) {
    if (vias[i] === "") continue;
    const found = earlierHop(transaction, branches.get(vias[i]));
    if (found === undefined) continue;
    transaction.unseenHops = i - 1;
    return found;
  }
  return sameMessageElsewhere(transaction, branches);
}

function earlierHop(transaction: OpenTransaction, candidate: OpenTransaction | undefined): OpenTransaction | undefined {
  for (let next = candidate; next !== undefined; next = next.sameBranch) {
    if (next === transaction || next.method !== transaction.method) continue;
    if (next.cseqNumber !== transaction.cseqNumber || leadsTo(transaction, next)) continue;
    return next;
  }
  return undefined;
}

/** The same request between two other addresses: it passed a NAT or another element that adds no Via. */
function sameMessageElsewhere(transaction: OpenTransaction, branches: Branches): OpenTransaction | undefined {
  if (transaction.branch === "") return undefined;
  for (let next = branches.get(transaction.branch); next !== undefined; next = next.sameBranch) {
    if (next.index >= transaction.index || next.method !== transaction.method) continue;
    if (next.cseqNumber === transaction.cseqNumber && next.request !== undefined && !leadsTo(transaction, next))
      return next;
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
    if (other.server.address !== transaction.client.address || other.client.address === transaction.client.address)
      continue;
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
