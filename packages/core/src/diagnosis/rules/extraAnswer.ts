import type { Dialog } from "../../dialog/dialog.ts";
import type { Transaction } from "../../transaction/transaction.ts";

/** A dialog that another answer to the same INVITE won: the caller acknowledged that one and not this. RFC 3261 §13.2.2.4 */
export function winnerOver(dialog: Dialog, dialogs: readonly Dialog[]): Dialog | undefined {
  if (dialog.answer === undefined || dialogs.length < 2 || dialog.acks.length > 0) return undefined;
  // The callee gives up by itself after 64*T1: that is no BYE of the caller. RFC 3261 §13.3.1.4
  if (dialog.requests.some(({ method, first }) => method === "BYE" && first.fromTag !== dialog.calleeTag))
    return undefined;
  return acknowledgedOf(dialogs).get(dialog.invite);
}

/** Found once for a leg: every answer of a fork asks for it. */
const known: WeakMap<readonly Dialog[], ReadonlyMap<Transaction, Dialog>> = new WeakMap();

/** The first dialog of each INVITE whose answer was acknowledged. */
function acknowledgedOf(dialogs: readonly Dialog[]): ReadonlyMap<Transaction, Dialog> {
  const remembered = known.get(dialogs);
  if (remembered !== undefined) return remembered;
  const acknowledged = new Map<Transaction, Dialog>();
  for (const dialog of dialogs) {
    if (dialog.answer === undefined || dialog.acks.length === 0 || acknowledged.has(dialog.invite)) continue;
    acknowledged.set(dialog.invite, dialog);
  }
  known.set(dialogs, acknowledged);
  return acknowledged;
}
