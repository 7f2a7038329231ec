import type { Leg } from "../../call/leg.ts";
import { type Dialog, dialogOf } from "../../dialog/dialog.ts";
import { isChallenge } from "../../message/digest.ts";
import { timerB } from "../../transaction/timers.ts";
import { isSuccess, type Transaction } from "../../transaction/transaction.ts";
import { microsBetween } from "../elapsed.ts";
import { endAfter, isRefreshMethod, LONGEST_SECONDS, SHORTEST_WAIT_MICROS } from "./sessionTimer.ts";

/** Answers after which the sender has to take the call as over. RFC 3261 §12.2.1.2 */
const END_THE_CALL: ReadonlySet<number> = new Set([408, 481]);
/** Later than this after the time that it waits somebody else may have hung up. */
const LATEST_MICROS = 10_000_000;

/** The BYE, or before the answer the CANCEL, by which the sender of a request inside of a call gave the call up because that was in vain. */
export function endFor(root: Transaction, { dialogs }: Leg): Transaction | undefined {
  const { request, finalResponse, method, responses } = root;
  if (request === undefined || request.toTag === "" || method === "BYE") return undefined;
  const dialog = dialogOf(root, dialogs);
  if (dialog === undefined) return undefined;
  const isEarly = dialog.answer === undefined;
  if (finalResponse === undefined) {
    if (responses.length > 0) return undefined;
    const end = isEarly ? dialog.invite.cancel : byeAfterSilence(root, dialog);
    return end !== undefined && isAfterSilence(root, end) ? end : undefined;
  }
  const { statusCode } = finalResponse;
  if (statusCode < 300 || statusCode === 491 || isChallenge(statusCode)) return undefined;
  if (!END_THE_CALL.has(statusCode) && !isRefreshMethod(root) && method !== "PRACK") return undefined;
  return isEarly ? cancelAfter(root, dialog) : endAfter(dialog, root);
}

/** True where the standard asks for that. A refusal alone ends no call. RFC 3261 §12.2.1.2 */
export function isDueAfter({ finalResponse }: Transaction): boolean {
  return finalResponse === undefined || END_THE_CALL.has(finalResponse.statusCode);
}

function cancelAfter({ first, finalResponse }: Transaction, { invite, callerTag }: Dialog): Transaction | undefined {
  const { cancel } = invite;
  if (cancel === undefined || finalResponse === undefined || first.fromTag !== callerTag) return undefined;
  const waited = microsBetween(finalResponse, cancel.first);
  return waited >= 0 && waited <= LONGEST_SECONDS * 1e6 ? cancel : undefined;
}

function byeAfterSilence({ index }: Transaction, { requests }: Dialog): Transaction | undefined {
  const later = requests.filter((other) => other.index > index);
  const bye = later.find(({ method }) => method === "BYE");
  // What was answered in between shows that the call went on.
  return bye !== undefined && later.some((other) => other.index < bye.index && other.responses.some(isSuccess))
    ? undefined
    : bye;
}

/** Who gives up waiting for the answer has waited as long as timers B and F, or nearly so, and ends the call then. RFC 3261 §17.1 */
function isAfterSilence({ first }: Transaction, end: Transaction): boolean {
  const waited = microsBetween(first, end.first);
  return end.first.fromTag === first.fromTag && waited >= SHORTEST_WAIT_MICROS && waited <= timerB + LATEST_MICROS;
}
