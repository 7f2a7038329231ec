import type { Dialog } from "../../dialog/dialog.ts";
import { sessionExpires } from "../../message/sessionExpires.ts";
import type { SipResponse } from "../../message/message.ts";
import type { Transaction } from "../../transaction/transaction.ts";

/** What both sides of a dialog agreed on, by the last 2xx that says so. RFC 4028 §7.2, §9 */
export interface SessionTimer {
  readonly seconds: number;
  /** Tag of the side that has to refresh. */
  readonly refresherTag: string;
  /** Agreed in this one. */
  readonly response: SipResponse;
}

/** The session timer in force before `until` (an index), if any. A 2xx without Session-Expires turns it off. RFC 4028 §7.2 */
export function sessionTimerOf(dialog: Dialog, until: number = Number.POSITIVE_INFINITY): SessionTimer | undefined {
  let timer = timerFrom(dialog.invite, dialog.calleeTag);
  for (const request of dialog.requests) {
    if (request.index >= until) break;
    if (isRefreshMethod(request) && (request.finalResponse?.statusCode ?? 999) < 300) {
      timer = timerFrom(request, request.first.toTag);
    }
  }
  return timer;
}

/** True for a session refresh that was answered 408 or 481: its sender has to end the session. RFC 4028 §10 */
export function isRefusedRefresh(root: Transaction, dialogs: readonly Dialog[]): boolean {
  const code = root.finalResponse?.statusCode;
  if ((code !== 408 && code !== 481) || !isRefreshMethod(root) || root.request?.has(sessionExpires) !== true)
    return false;
  const dialog = dialogs.find(({ requests }) => requests.includes(root));
  return (
    dialog !== undefined && endAfter(dialog, root) !== undefined && sessionTimerOf(dialog, root.index) !== undefined
  );
}

/** The BYE by which the sender of a refused refresh ends the session. */
export function endAfter(dialog: Dialog, refresh: Transaction): Transaction | undefined {
  return dialog.requests.find(
    ({ method, index, first }) => method === "BYE" && index > refresh.index && first.fromTag === refresh.first.fromTag,
  );
}

export function isRefreshMethod({ method }: Transaction): boolean {
  return method === "INVITE" || method === "UPDATE";
}

function timerFrom(transaction: Transaction, toTag: string): SessionTimer | undefined {
  const response = transaction.responses.find(
    (each) => each.statusCode >= 200 && each.statusCode < 300 && each.toTag === toTag,
  );
  const agreed = response?.first(sessionExpires);
  if (response === undefined || agreed?.refresher === undefined) return undefined;
  const refresherTag = agreed.refresher === "uac" ? response.fromTag : response.toTag;
  return { seconds: agreed.seconds, refresherTag, response };
}
