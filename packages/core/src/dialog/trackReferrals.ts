import { event } from "../message/event.ts";
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
  const notifies = transactions.filter((t) => t.method === "NOTIFY" && t.upstream === undefined && reportsOnRefer(t));
  return refers.map((refer) => ({
    refer,
    notifies: notifies.filter((notify) => belongsTo(notify, refer, refers)),
    dialog: dialogs.find((dialog) => dialog.requests.includes(refer)),
  }));
}

function reportsOnRefer(notify: Transaction): boolean {
  return notify.request?.first(event)?.package.toLowerCase() === "refer";
}

function belongsTo(notify: Transaction, refer: Transaction, refers: readonly Transaction[]): boolean {
  // The NOTIFY runs against the REFER: its To tag is the referrer's From tag.
  if (notify.request === undefined || notify.request.toTag !== refer.first.fromTag) return false;
  const id = notify.request.first(event)?.id;
  if (id !== undefined) return Number(id) === refer.cseqNumber;
  return lastBefore(refers, notify) === refer;
}

function lastBefore(refers: readonly Transaction[], notify: Transaction): Transaction | undefined {
  return refers.findLast((refer) => refer.index < notify.index) ?? refers[0];
}
