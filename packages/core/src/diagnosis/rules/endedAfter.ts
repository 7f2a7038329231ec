import { dialogOf } from "../../dialog/dialog.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";
import { endAfter, isRefreshMethod } from "./sessionTimer.ts";

/** True for a change of a call that was refused, where its sender ended the call right after that. The refusal alone ends none. RFC 3261 §14.1 */
export function isEndedAfter(root: Transaction, { leg }: Context): boolean {
  const dialog = dialogOf(root, leg.dialogs);
  return dialog !== undefined && isRefreshMethod(root) && endAfter(dialog, root) !== undefined;
}
