import type { Dialog } from "../../dialog/dialog.ts";

/** A dialog that another answer to the same INVITE won: the caller acknowledged that one and not this. RFC 3261 §13.2.2.4 */
export function winnerOver(dialog: Dialog, dialogs: readonly Dialog[]): Dialog | undefined {
  if (dialog.answer === undefined || dialogs.length < 2 || dialog.acks.length > 0) return undefined;
  // The callee gives up by itself after 64*T1: that is no BYE of the caller. RFC 3261 §13.3.1.4
  if (dialog.requests.some(({ method, first }) => method === "BYE" && first.fromTag !== dialog.calleeTag))
    return undefined;
  return dialogs.find(
    (other) =>
      other !== dialog && other.invite === dialog.invite && other.answer !== undefined && other.acks.length > 0,
  );
}
