import { byeOf, type Dialog, dialogOf } from "../../dialog/dialog.ts";
import { isChallenge } from "../../message/digest.ts";
import { sessionExpires } from "../../message/sessionExpires.ts";
import type { SipMessage, SipResponse } from "../../message/message.ts";
import { isSuccess, type Transaction } from "../../transaction/transaction.ts";
import { microsBetween } from "../elapsed.ts";

/** What both sides of a dialog agreed on, by the last 2xx that says so. RFC 4028 §7.2, §9 */
export interface SessionTimer {
  readonly seconds: number;
  /** Tag of the side that has to refresh; `""` where the 2xx does not say which. */
  readonly refresherTag: string;
  /** Agreed in this one. */
  readonly response: SipResponse;
}

/**
 * The session timer in force before `until` (an index), if any: what the last 2xx says. An INVITE may be answered after an UPDATE inside it.
 * A 2xx without Session-Expires turns it off. RFC 4028 §7.2
 */
export function sessionTimerOf(dialog: Dialog, until: number = Number.POSITIVE_INFINITY): SessionTimer | undefined {
  let last = successOf(dialog.invite, dialog.calleeTag);
  for (const request of dialog.requests) {
    if (request.index >= until) break;
    const response = isRefreshMethod(request) ? successOf(request, request.first.toTag) : undefined;
    if (response !== undefined && !(last !== undefined && response.packet.timeMicros < last.packet.timeMicros))
      last = response;
  }
  return last && timerFrom(last);
}

/** True for a session refresh that was answered 408 or 481: its sender has to end the session. RFC 4028 §10 */
export function isRefusedRefresh(root: Transaction, dialogs: readonly Dialog[]): boolean {
  const code = root.finalResponse?.statusCode;
  if ((code !== 408 && code !== 481) || !isRefreshMethod(root) || root.request?.has(sessionExpires) !== true)
    return false;
  const dialog = dialogOf(root, dialogs);
  return (
    dialog !== undefined && endAfter(dialog, root) !== undefined && sessionTimerOf(dialog, root.index) !== undefined
  );
}

/** The sender of the refresh ends the session at once; later it may be a person who hangs up. */
export const LONGEST_SECONDS = 5;

/** The BYE by which the sender of a refused refresh ends the session, where neither a later refresh nor the other side's BYE came before. */
export function endAfter({ requests }: Dialog, refresh: Transaction): Transaction | undefined {
  const refusal = refresh.finalResponse;
  const bye = requests.find(({ method, index }) => method === "BYE" && index > refresh.index);
  if (refusal === undefined || bye === undefined || bye.first.fromTag !== refresh.first.fromTag) return undefined;
  if (requests.some((root) => root.index < bye.index && (root.method === "BYE" || refreshesAfter(root, refusal))))
    return undefined;
  return microsBetween(refusal, bye.first) > LONGEST_SECONDS * 1e6 ? undefined : bye;
}

/** Who gives up waiting for the answer has waited as long as timers B and F, or nearly so. RFC 3261 §17.1 */
export const SHORTEST_WAIT_MICROS: number = 15_000_000;
/** The side that does not refresh ends the session this long before it expires, or a third of the interval. RFC 4028 §10 */
const LONGEST_MARGIN_SECONDS = 32;
/** Clocks and processing: a BYE a little off the mark still is the timer's. */
const SLACK_SECONDS = 5;

/** True for a BYE that comes when the session has to be ended for want of a refresh. */
export function isAtEnd({ seconds, response }: SessionTimer, { first }: Transaction): boolean {
  const passed = microsBetween(response, first) / 1e6;
  const due = seconds - Math.min(LONGEST_MARGIN_SECONDS, seconds / 3);
  return passed >= due - SLACK_SECONDS && passed <= seconds + SLACK_SECONDS;
}

/** The last session refresh before this BYE, where it was refused for good or not answered at all, and the BYE follows from that. RFC 4028 §10 */
export function failedRefresh(dialog: Dialog, bye: Transaction): Transaction | undefined {
  const refresh = dialog.requests.findLast((root) => root.index < bye.index && isRefreshMethod(root));
  const timer = refresh && sessionTimerOf(dialog, refresh.index);
  if (refresh?.request?.has(sessionExpires) !== true || timer === undefined) return undefined;
  if (refresh.responses.some(isSuccess) || !hasFailed(refresh)) return undefined;
  const isOwn = bye.first.fromTag === refresh.first.fromTag;
  const { finalResponse, first } = refresh;
  const waited = microsBetween(finalResponse ?? first, bye.first);
  const gaveUp = finalResponse === undefined ? waited >= SHORTEST_WAIT_MICROS : waited <= LONGEST_SECONDS * 1e6;
  return (isOwn && gaveUp && !isChange(refresh, dialog)) || isAtEnd(timer, bye) ? refresh : undefined;
}

/** True for a session refresh after which, and for want of which, the call was ended. */
export function isFailedRefresh(root: Transaction, dialogs: readonly Dialog[]): boolean {
  const dialog = dialogOf(root, dialogs);
  const bye = dialog && byeOf(dialog);
  return dialog !== undefined && bye !== undefined && failedRefresh(dialog, bye) === root;
}

/** True for a request that refreshes the session too and is sent for another reason: hold, fax, video. RFC 4028 §7.4 */
function isChange({ request, index }: Transaction, { invite, answer, requests }: Dialog): boolean {
  const now = request && descriptionIn(request);
  if (request === undefined || now === "") return false;
  const earlier = requests.filter((root) => root.index < index);
  const before = [invite.request, answer, ...earlier.flatMap((root) => [root.request, ...root.responses])]
    .filter((message) => message !== undefined && message.senderTag === request.fromTag)
    .findLast((message) => message !== undefined && descriptionIn(message) !== "");
  return before !== undefined && descriptionIn(before) !== now;
}

/** Without its origin, in which many count up each time. */
function descriptionIn(message: SipMessage): string {
  return message.bodyText().replace(/^o=.*$/mu, "");
}

/** A challenge is answered, and a glare sorts itself out: both have rules of their own. */
function hasFailed({ finalResponse, responses, downstream }: Transaction): boolean {
  if (finalResponse === undefined)
    return responses.every(({ statusCode }) => statusCode === 100) && downstream.every((hop) => hasFailed(hop));
  return finalResponse.statusCode >= 300 && finalResponse.statusCode !== 491 && !isChallenge(finalResponse.statusCode);
}

function refreshesAfter(root: Transaction, { packet }: SipResponse): boolean {
  const success = isRefreshMethod(root) ? successOf(root, root.first.toTag) : undefined;
  return success !== undefined && success.packet.timeMicros >= packet.timeMicros;
}

export function isRefreshMethod({ method }: Transaction): boolean {
  return method === "INVITE" || method === "UPDATE";
}

function successOf({ responses }: Transaction, toTag: string): SipResponse | undefined {
  return responses.find((each) => isSuccess(each) && each.toTag === toTag);
}

function timerFrom(response: SipResponse): SessionTimer | undefined {
  const agreed = response.first(sessionExpires);
  if (agreed === undefined) return undefined;
  const refresherTag = tagOf(agreed.refresher, response);
  return { seconds: agreed.seconds, refresherTag, response };
}

/** A 2xx has to say who refreshes. RFC 4028 §9 */
function tagOf(refresher: string | undefined, { fromTag, toTag }: SipResponse): string {
  if (refresher === undefined) return "";
  return refresher === "uac" ? fromTag : toTag;
}
