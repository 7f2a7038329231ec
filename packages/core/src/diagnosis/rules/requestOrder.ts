import type { Dialog } from "../../dialog/dialog.ts";
import type { Transaction } from "../../transaction/transaction.ts";

/** A request inside a dialog that its receiver must refuse with 500, and the earlier one that shows why. */
export interface OutOfOrder {
  readonly cause: "cseq-lower" | "overlapping-invite";
  readonly earlier: Transaction;
}

/** A 500 to a request whose CSeq is lower than one before, or to an INVITE inside an INVITE. RFC 3261 §12.2.2, §14.2 */
export function outOfOrder(root: Transaction, dialogs: readonly Dialog[]): OutOfOrder | undefined {
  if (root.finalResponse?.statusCode !== 500 || root.request === undefined || root.request.toTag === "")
    return undefined;
  const dialog = dialogs.find(({ requests }) => requests.includes(root));
  if (dialog === undefined) return undefined;
  const before = [dialog.invite, ...dialog.requests].filter(
    ({ index, first }) => index < root.index && first.fromTag === root.first.fromTag,
  );
  const higher = before.findLast(({ cseqNumber }) => cseqNumber > root.cseqNumber);
  if (higher !== undefined) return { cause: "cseq-lower", earlier: higher };
  const open = before.findLast((earlier) => earlier.method === "INVITE" && isOpenAt(earlier, root));
  return root.method === "INVITE" && open !== undefined ? { cause: "overlapping-invite", earlier: open } : undefined;
}

/** True where the first one had no final response yet when the other came. */
function isOpenAt({ finalResponse }: Transaction, { first }: Transaction): boolean {
  return finalResponse === undefined || finalResponse.packet.timeMicros >= first.packet.timeMicros;
}
