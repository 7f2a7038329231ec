import { event } from "../message/event.ts";
import { groupBy } from "../network/groupBy.ts";
import type { Transaction } from "../transaction/transaction.ts";
import type { Dialog, Referral } from "./dialog.ts";

/**
 * Joins each REFER of one Call-ID with the NOTIFYs of its implicit subscription: same dialog, event `refer`, and where there
 * were several REFERs the `id` that is the CSeq number of the REFER. RFC 3515 §2.4.4, §2.4.6
 */
export function trackReferrals(transactions: readonly Transaction[], dialogs: readonly Dialog[]): Referral[] {
  const refers = transactions.filter(
    (t) => t.method === "REFER" && t.upstream === undefined && t.request !== undefined,
  );
  if (refers.length === 0) return [];
  const found = new Map(refers.map((refer) => [refer, [] as Transaction[]]));
  const dialogOf = new Map(dialogs.flatMap((dialog) => dialog.requests.map((request) => [request, dialog] as const)));
  const known: KnownRefers = {
    byTag: groupBy(refers, ({ first }) => first.fromTag),
    byId: groupBy(refers, ({ first, cseqNumber }) => idKey(first.fromTag, cseqNumber)),
    isInside: (refer) => dialogOf.has(refer),
  };
  for (const transaction of transactions) {
    if (transaction.method !== "NOTIFY" || transaction.upstream !== undefined || !reportsOnRefer(transaction)) continue;
    for (const refer of reportedBy(transaction, known)) found.get(refer)?.push(transaction);
  }
  return refers.map((refer) => ({ refer, notifies: found.get(refer)!, dialog: dialogOf.get(refer) }));
}

interface KnownRefers {
  /** By the referrer's tag. */
  readonly byTag: ReadonlyMap<string, readonly Transaction[]>;
  /** By the referrer's tag and the CSeq number. */
  readonly byId: ReadonlyMap<string, readonly Transaction[]>;
  /** True where the setup of its dialog is in view. */
  isInside(refer: Transaction): boolean;
}

function reportsOnRefer(notify: Transaction): boolean {
  return notify.request?.first(event)?.package.toLowerCase() === "refer";
}

/**
 * The REFERs that this NOTIFY tells of. It runs against them: its To tag is the referrer's From tag. A B2BUA that numbers anew may leave an
 * id that no REFER has; where the dialog is in view from its start no other REFER can be meant.
 */
function reportedBy({ index, request }: Transaction, { byTag, byId, isInside }: KnownRefers): readonly Transaction[] {
  if (request === undefined) return [];
  const id = request.first(event)?.id;
  const named = id === undefined ? undefined : byId.get(idKey(request.toTag, Number(id)));
  if (named !== undefined) return named;
  const own = byTag.get(request.toTag);
  if (own === undefined) return [];
  const last = lastBefore(own, index);
  return id === undefined || (isInside(last) && last.index < index) ? [last] : [];
}

/** In order of `index`; the first one where none was before. Of one that was refused there is nothing to tell. RFC 3515 §2.4.2 */
function lastBefore(refers: readonly Transaction[], index: number): Transaction {
  let [low, high] = [0, refers.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (refers[middle].index < index) low = middle;
    else high = middle;
  }
  for (let at = low; at >= 0; at--) if ((refers[at].finalResponse?.statusCode ?? 0) < 300) return refers[at];
  return refers[low];
}

function idKey(tag: string, cseqNumber: number): string {
  return `${cseqNumber} ${tag}`;
}
