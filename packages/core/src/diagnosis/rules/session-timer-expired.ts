import { byeOf, type Dialog } from "../../dialog/dialog.ts";
import type { Origin } from "../../call/origin.ts";
import type { HeaderField } from "../../message/headerField.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { require } from "../../message/require.ts";
import { sessionExpires } from "../../message/sessionExpires.ts";
import { supported } from "../../message/supported.ts";
import type { Endpoint } from "../../network/packet.ts";
import { hasDescription } from "../../sdp/sessionDescription.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Draft, Rule } from "../rule.ts";
import { microsBetween, secondsOf } from "../elapsed.ts";
import { beside, logOf } from "../missing.ts";
import { isOfElementBetween } from "./cutInBetween.ts";
import {
  endAfter,
  failedRefresh,
  isAtEnd,
  isRefusedRefresh,
  type SessionTimer,
  sessionTimerOf,
} from "./sessionTimer.ts";

/** A shorter interval is not allowed: what looks like its end may be anything. RFC 4028 §5 */
const SHORTEST_INTERVAL_SECONDS = 20;

type Found = Draft<"session-timer-expired">;

/** A session ended because its timer was not refreshed. RFC 4028 §7.2, §9, §10 */
export const sessionTimerExpired: Rule<"dialog", "session-timer-expired"> = {
  id: "session-timer-expired",
  inspects: "dialog",
  citations: ["RFC 4028 §10"],
  standsForRefusal: true,
  check(dialog, context) {
    const bye = byeOf(dialog);
    if (dialog.answer === undefined || bye === undefined) return undefined;
    return refused(dialog, context) ?? failed(dialog, bye, context) ?? notSent(dialog, bye);
  },
};

function refused(dialog: Dialog, context: Context): Found | undefined {
  const refresh = dialog.requests.find((root) => isRefusedRefresh(root, [dialog]));
  const timer = refresh && sessionTimerOf(dialog, refresh.index);
  const bye = refresh && endAfter(dialog, refresh);
  if (refresh?.finalResponse === undefined || timer === undefined || bye === undefined) return undefined;
  const response = refresh.finalResponse;
  const origin = context.originOf(refresh, response);
  const isProven = followsAtOnce(bye, refresh) && !Number.isNaN(microsBetween(response, bye.first));
  return {
    verdict: isProven ? "certain" : "likely",
    cause: "refresh-refused",
    response,
    origin,
    evidence: [
      { message: timer.response, field: sessionExpires },
      { message: refresh.first, field: sessionExpires },
      response,
      bye.first,
    ],
    missing: isProven ? [] : [beside(refresh.client)],
    values: { ...valuesOf(timer, refresh, bye), ...refusalOf(refresh, response, origin) },
  };
}

/** By its CSeq number: of another one in between, the capture may have missed that it was accepted. RFC 3261 §12.2.1.1 */
function followsAtOnce(bye: Transaction, refresh: Transaction): boolean {
  return bye.first.fromTag === refresh.first.fromTag && bye.cseqNumber === refresh.cseqNumber + 1;
}

/** Any other answer to the refresh, or none, and the session ends as it has to. RFC 4028 §10 */
function failed(dialog: Dialog, bye: Transaction, context: Context): Found | undefined {
  const refresh = failedRefresh(dialog, bye);
  const timer = refresh && sessionTimerOf(dialog, refresh.index);
  if (refresh === undefined || timer === undefined) return undefined;
  const { finalResponse, client } = refresh;
  const agreed = { message: timer.response, field: sessionExpires };
  const asked = { message: refresh.first, field: sessionExpires };
  if (finalResponse === undefined) {
    // The proxies on the way had sent it on.
    const { server, first, requests } = hops(refresh).at(-1)!;
    return {
      verdict: "likely",
      cause: "refresh-unanswered",
      element: server,
      evidence: [agreed, asked, ...requests.filter((request) => request !== refresh.first), bye.first],
      missing: [beside(server)],
      values: { ...valuesOf(timer, refresh, bye), refresher: first.packet.source.text, next: server.text },
    };
  }
  const origin = context.originOf(refresh, finalResponse);
  return {
    verdict: "likely",
    cause: "refresh-refused",
    response: finalResponse,
    origin,
    evidence: [agreed, asked, finalResponse, bye.first],
    missing: [logOf(client, bye.first.callId)],
    values: { ...valuesOf(timer, refresh, bye), ...refusalOf(refresh, finalResponse, origin) },
  };
}

function valuesOf({ seconds }: SessionTimer, { client, server, method }: Transaction, bye: Transaction) {
  return { interval: seconds, refresher: client.text, next: server.text, method, ender: bye.client.text };
}

function refusalOf({ first }: Transaction, { statusCode }: SipResponse, { endpoint }: Origin) {
  const hasOffer = first.kind === "request" && hasDescription(first);
  return { origin: endpoint.text, statusCode, kind: kindOf(statusCode, hasOffer) };
}

/** What a refusal of a refresh is about, for what helps. */
function kindOf(statusCode: number, hasOffer: boolean): string {
  if (hasOffer && OF_MEDIA.has(statusCode)) return "media";
  return KINDS[statusCode] ?? (statusCode >= 500 && statusCode < 600 ? "server" : "other");
}

const OF_MEDIA: ReadonlySet<number> = new Set([406, 415, 488, 606]);

/** RFC 5057 §5.1 for what is said of the address. */
const KINDS: Readonly<Record<number, string>> = {
  404: "address",
  405: "method",
  408: "silence",
  410: "address",
  416: "address",
  420: "extension",
  421: "extension",
  422: "interval",
  481: "forgotten",
  484: "address",
  485: "address",
  501: "method",
  604: "address",
};

function notSent(dialog: Dialog, bye: Transaction): Found | undefined {
  const timer = sessionTimerOf(dialog, bye.index);
  if (timer === undefined || timer.seconds < SHORTEST_INTERVAL_SECONDS) return undefined;
  const isBetween = isOfElementBetween(bye, dialog);
  // Whoever hangs up when it is the other's turn to refresh, at the very time at which the timer tells it to.
  if (bye.first.fromTag === timer.refresherTag && !isBetween) return undefined;
  const agreedMicros = timer.response.packet.timeMicros;
  const seconds = secondsOf(agreedMicros, bye.first.packet.timeMicros);
  if (!isAtEnd(timer, bye)) return undefined;
  if (triedToRefresh(dialog, timer.refresherTag, agreedMicros)) return undefined;
  const isNamed = timer.refresherTag !== "";
  const refresher = isBetween && isNamed ? refresherOf(dialog, timer) : hops(bye).at(-1)!.server;
  return {
    verdict: "likely",
    cause: "refresh-not-sent",
    element: refresher,
    evidence: [{ message: timer.response, field: sessionExpires }, bye.first],
    missing: [beside(refresher)],
    values: {
      interval: timer.seconds,
      refresher: refresher.text,
      ender: bye.client.text,
      seconds,
      between: isBetween ? "yes" : "no",
      knows: isNamed ? (knowsTimers(dialog, timer) ? "yes" : "no") : "unnamed",
    },
  };
}

/** A proxy that ends the call when the timer has run out tells both sides, in any order. Else the BYE goes to the side that had to refresh. */
function refresherOf({ invite, answer, callerTag }: Dialog, { refresherTag }: SessionTimer): Endpoint {
  if (refresherTag === callerTag) return invite.client;
  return hops(invite).find(({ responses }) => responses.some((each) => each === answer))?.server ?? invite.server;
}

/** A caller that is told to refresh has to have said that it can. RFC 4028 §9 */
function knowsTimers({ invite, requests, callerTag }: Dialog, { refresherTag }: SessionTimer): boolean {
  if (refresherTag !== callerTag) return true;
  return [invite, ...requests].some(
    ({ request }) => request?.fromTag === callerTag && (hasTimer(request, supported) || hasTimer(request, require)),
  );
}

function hasTimer(request: SipRequest, field: HeaderField<string>): boolean {
  return request.all(field).some((tag) => tag.toLowerCase() === "timer");
}

/** A refresh that was sent, whatever became of it, is another rule's. */
function triedToRefresh(dialog: Dialog, refresherTag: string, sinceMicros: number): boolean {
  return dialog.requests.some(
    ({ method, first }) =>
      (method === "INVITE" || method === "UPDATE") &&
      (refresherTag === "" || first.fromTag === refresherTag) &&
      first.packet.timeMicros > sinceMicros,
  );
}
