import { earlyBye } from "../../call/earlyBye.ts";
import { otherLegs } from "../../call/origin.ts";
import { isKnownPhone, recognizedProduct } from "../../call/products.ts";
import type { SipRequest } from "../../message/message.ts";
import { reason } from "../../message/reason.ts";
import { replaces } from "../../message/replaces.ts";
import { userAgent } from "../../message/userAgent.ts";
import { T1 } from "../../transaction/timers.ts";
import {
  endsWithEarlierRefusal,
  hops,
  isSuccess,
  REQUEST_TERMINATED,
  ringing,
  type Transaction,
} from "../../transaction/transaction.ts";
import { answerOf } from "../answer.ts";
import type { Context, Draft, Missing, Rule } from "../rule.ts";
import { isBefore, microsBetween, secondsBetween } from "../elapsed.ts";
import { behind, beside, logOf, whoKnows } from "../missing.ts";
import { reasonText } from "../wording.ts";
import { SHORTEST_RING_TIMER_SECONDS } from "./alert.ts";
import { byeInstead } from "./byeInstead.ts";
import { owesFinal } from "./cancel-ignored.ts";
import { deliveryFailure } from "./deliveryFailure.ts";
import { endFor } from "./endFor.ts";
import { endReasonOf } from "./endReason.ts";
import { owesFinalAfter } from "./final-response-missing.ts";
import { legAbove } from "./legAbove.ts";
import { lostCancel } from "./lostCancel.ts";

/** Timers of products are whole multiples of this many seconds; people are not that exact. */
const TIMER_STEP_SECONDS = 5;
const TIMER_SLACK_SECONDS = 0.15;
/** It rings within a few seconds, or callers wonder. */
const LONG_SILENCE_SECONDS = 8;
const TERMINATED: ReadonlySet<number> = new Set([REQUEST_TERMINATED]);

/** The call ended by CANCEL before it was answered. RFC 3261 §9.1, §9.2 */
export const callCancelled: Rule<"transaction", "call-cancelled"> = {
  id: "call-cancelled",
  inspects: "transaction",
  citations: ["RFC 3261 §9.1", "RFC 3261 §9.2"],
  check(root, context) {
    // Inside a dialog a CANCEL ends a change of the call, and no call.
    if (root.method !== "INVITE" || root.request === undefined || root.request.toTag !== "") return undefined;
    const cancelled = hops(root).find((hop) => hop.cancel?.request !== undefined);
    const cancel = cancelled?.cancel?.request;
    if (cancelled === undefined || cancel === undefined) return hungUp(root, context) ?? givenUp(root, context);
    const final = root.finalResponse;
    if (final !== undefined && final.statusCode !== REQUEST_TERMINATED && !endsWithEarlierRefusal(root))
      return undefined;
    if (final === undefined && (goesOn(root, cancelled) || owesFinal(root, context) !== undefined)) return undefined;
    const reasoned = causeOf(root, cancelled, cancel, context);
    if (reasoned === undefined) return undefined;
    const { cause, sure, shown = "time" } = reasoned;
    const given = cause === "reason-given" ? endReasonOf(cancel) : undefined;
    const relayed = cause === "caller-gave-up" && mayServeOthers(root, context);
    const isOfOthers = cause === "caller-gave-up" && !isOfPhone(root, context);
    // Where the branch that was refused is out of view, the tags alone tell that this had come before.
    const isHeldBack =
      final?.statusCode !== REQUEST_TERMINATED &&
      !hops(root).some(({ finalResponse }) => finalResponse !== undefined && isBefore(finalResponse, cancel));
    const seconds = secondsBetween(root.request, cancel);
    const isLong = seconds >= LONG_SILENCE_SECONDS || root.downstream.some(isRepeatedInVain);
    const lost = cause === "caller-gave-up" ? lostCancel(root, context) : undefined;
    const isSilent = final !== undefined && isLong && ringing(root) === undefined;
    return {
      verdict:
        MAY_BE_OTHERWISE.has(cause) || final === undefined || !sure || isOfOthers || isHeldBack ? "likely" : "certain",
      cause,
      response: final,
      element: IS_OF_CLIENT.has(cause) ? cancelled.client : undefined,
      evidence: [
        root.request,
        given?.shows ?? (cancel.has(reason) ? { message: cancel, field: reason } : cancel),
        ...(final === undefined ? [] : [final]),
        ...(lost === undefined ? [] : [lost.event]),
      ],
      missing: missingOf(reasoned, relayed, cancelled),
      values: {
        client: cancelled.client.text,
        seconds,
        confirmed:
          lost !== undefined ? "gone" : isSilent ? "silent" : relayed ? "relayed" : confirmedBy(root, isOfOthers),
        gone: lost?.server.text ?? "",
        reporter: lost?.event.reporter ?? "",
        statusCode: final?.statusCode ?? 0,
        shown,
        origin: "",
        icmp: lost?.event.reason ?? "",
        reason: given === undefined ? "" : reasonText(given.value),
      },
    };
  },
};

/** RFC 3261 §17.1.1.2 */
function isRepeatedInVain({ requests, responses }: Transaction): boolean {
  return requests.length > 1 && responses.length === 0;
}

/** There is something to do at the client, and not at whoever called through it. */
const IS_OF_CLIENT: ReadonlySet<Reasoned["cause"]> = new Set<Reasoned["cause"]>([
  "cancel-before-provisional",
  "ring-timeout",
  "reason-given",
]);

const MAY_BE_OTHERWISE: ReadonlySet<Reasoned["cause"]> = new Set<Reasoned["cause"]>(["ring-timeout", "reason-given"]);

function missingOf({ cause, sure }: Reasoned, relayed: boolean, { client, first }: Transaction): Missing[] {
  if (cause === "reason-given") return [logOf(client, first.callId)];
  if (cause === "cancel-before-provisional" && !sure) return [beside(client)];
  return relayed ? [behind(client)] : [];
}

/** A caller may end by BYE what only rings. That the INVITE never ends after that is told by itself. RFC 3261 §15, §15.1.2 */
function hungUp(root: Transaction, context: Context): Draft<"call-cancelled"> | undefined {
  const bye = earlyBye(root, context.leg);
  const final = root.finalResponse;
  if (bye === undefined || owesFinalAfter(bye, root, context)) return undefined;
  if (final !== undefined && final.statusCode !== REQUEST_TERMINATED) return undefined;
  const relayed = mayServeOthers(root, context);
  return {
    verdict: final === undefined || !isOfPhone(root, context) ? "likely" : "certain",
    cause: "by-bye",
    response: final,
    element: root.client,
    evidence: [root.request!, bye.first, ...(final === undefined ? [] : [final])],
    missing: relayed ? [behind(root.client)] : [],
    citations: ["RFC 3261 §15", "RFC 3261 §15.1.2"],
    values: {
      client: root.client.text,
      seconds: secondsBetween(root.request!, bye.first),
      confirmed: confirmedBy(root),
      statusCode: final?.statusCode ?? 0,
      shown: "bye",
      origin: "",
      reason: "",
    },
  };
}

/** A 487 that the client did not ask for. */
function givenUp(root: Transaction, context: Context): Draft<"call-cancelled"> | undefined {
  const answer = answerOf(root, TERMINATED, context);
  if (answer === undefined || endedByBye(root, context)) return undefined;
  const { request, response, minted, origin } = answer;
  const bye = byeInstead(root, context);
  return {
    verdict: "likely",
    cause: "not-by-client",
    response,
    origin,
    evidence: [request, ...(bye === undefined ? [] : [bye.first]), minted],
    missing: [whoKnows(origin, request.callId)],
    citations: bye === undefined ? ["RFC 3261 §21.4.25"] : ["RFC 3261 §15", "RFC 3261 §21.4.25"],
    values: {
      client: root.client.text,
      seconds: secondsBetween(request, response),
      confirmed: "no",
      statusCode: response.statusCode,
      shown: bye === undefined ? "time" : "bye",
      origin: origin.endpoint.text,
      reason: "",
    },
  };
}

/** A caller may end by BYE what only rings. RFC 3261 §15, §15.1.2 */
function endedByBye({ first: { fromTag }, finalResponse }: Transaction, { leg }: Context): boolean {
  return leg.roots.some(
    ({ method, first }) =>
      method === "BYE" && first.fromTag === fromTag && first.packet.timeMicros <= finalResponse!.packet.timeMicros,
  );
}

/** How the INVITE ended that was cancelled: in no way that is seen, with its 487, or with the refusal that a branch had given before. */
function confirmedBy({ finalResponse }: Transaction, isOfOthers = false): "no" | "yes" | "relayed" | "other" {
  if (finalResponse === undefined) return "no";
  if (finalResponse.statusCode !== REQUEST_TERMINATED) return "other";
  return isOfOthers ? "relayed" : "yes";
}

/** The CANCEL was refused, or it ended one branch of a proxy, which may try others. */
function goesOn(root: Transaction, cancelled: Transaction): boolean {
  return cancelled !== root || (cancelled.cancel?.finalResponse?.statusCode ?? 0) >= 300;
}

interface Reasoned {
  readonly cause:
    | "caller-gave-up"
    | "ring-timeout"
    | "answered-elsewhere"
    | "cancel-before-provisional"
    | "reason-given";
  readonly sure: boolean;
  /** What shows it: the Reason; of a timer, that nobody had asked this client to cancel, or the time alone. */
  readonly shown?: "reason" | "client" | "time";
}

function causeOf(
  root: Transaction,
  cancelled: Transaction,
  cancel: SipRequest,
  context: Context,
): Reasoned | undefined {
  const { call, leg } = context;
  if (hasReason(cancel, ANSWERED_ELSEWHERE)) return { cause: "answered-elsewhere", sure: true, shown: "reason" };
  if (isTakenOver(root, cancel, call)) return { cause: "answered-elsewhere", sure: false };
  if (hasReason(cancel, TIMED_OUT)) return { cause: "ring-timeout", sure: false, shown: "reason" };
  const sure = provisionalSeen(cancelled, cancel);
  if (!sure && !provisionalMissed(cancelled, cancel)) {
    // Nobody there has the INVITE, as is told of that one.
    if (deliveryFailure(cancelled, context) !== undefined) return undefined;
    return { cause: "cancel-before-provisional", sure: isTriedAfter(cancelled, cancel) };
  }
  const above = legAbove(root, call);
  // What its client had asked in vain before is told with that request, and that the call was cancelled for it.
  if (leg.roots.some((each) => endFor(each, leg) === cancelled.cancel)) return undefined;
  // What a B2BUA only passes on is told of the leg above.
  if (cancelled === root && above !== undefined && isCancelledBefore(above, cancel)) return undefined;
  if (endReasonOf(cancel) !== undefined) return { cause: "reason-given", sure };
  // A CANCEL that begins below the root is the decision of a proxy, by its timer C. RFC 3261 §16.8
  if (cancelled !== root) return { cause: "ring-timeout", sure, shown: "client" };
  if (above !== undefined) {
    const taken = otherLegs(above, call).some((other) => isAnsweredBefore(other, cancel));
    return taken ? { cause: "answered-elsewhere", sure: false } : { cause: "ring-timeout", sure, shown: "client" };
  }
  const seconds = secondsBetween(root.first, cancel);
  if (!looksLikeTimer(seconds)) return { cause: "caller-gave-up", sure: sure && !Number.isNaN(seconds) };
  return hasReason(cancel, HUNG_UP) ? { cause: "caller-gave-up", sure: false } : { cause: "ring-timeout", sure };
}

/** Another INVITE took its place, as when somebody picks up what rings at another phone. RFC 3891 §3 */
function isTakenOver({ first }: Transaction, cancel: SipRequest, { legs }: Context["call"]): boolean {
  return legs.some(({ roots }) =>
    roots.some(
      ({ method, request, responses }) =>
        method === "INVITE" &&
        request?.first(replaces)?.callId === first.callId &&
        request.packet.timeMicros <= cancel.packet.timeMicros &&
        responses.some(isSuccess),
    ),
  );
}

function isCancelledBefore({ cancel }: Transaction, { packet }: SipRequest): boolean {
  return cancel !== undefined && cancel.first.packet.timeMicros <= packet.timeMicros;
}

function isAnsweredBefore({ responses }: Transaction, cancel: SipRequest): boolean {
  return responses.some((each) => isSuccess(each) && each.packet.timeMicros <= cancel.packet.timeMicros);
}

/** True where the client is no caller, or may be none: what it did need not be what the caller did. */
function mayServeOthers({ request }: Transaction, { call, leg }: Context): boolean {
  if (request === undefined || request.branches.length > 1 || leg.callId !== call.legs[0].callId) return true;
  const kind = recognizedProduct(request.first(userAgent) ?? "")?.kind;
  return kind === "proxy" || kind === "b2bua" || kind === "gateway";
}

/** What does not say that it is a phone may end a call of its own accord, or because of another one. */
function isOfPhone(root: Transaction, context: Context): boolean {
  return !mayServeOthers(root, context) && isKnownPhone(root.request?.first(userAgent));
}

function provisionalSeen({ responses }: Transaction, cancel: SipRequest): boolean {
  return responses.some(({ packet }) => packet.timeMicros <= cancel.packet.timeMicros);
}

/** The one 100 that an INVITE draws came only then. Where none is in view, the capture may have missed it before. RFC 3261 §16.2, §17.2.1 */
function isTriedAfter({ first, requests, responses }: Transaction, cancel: SipRequest): boolean {
  const trying = responses.find(({ statusCode }) => statusCode === 100);
  return trying !== undefined && requests.length === 1 && isBefore(cancel, trying) && microsBetween(first, trying) < T1;
}

/** Over UDP an INVITE without an answer is repeated at T1: where it was not, the capture missed the answer. RFC 3261 §17.1.1.2 */
function provisionalMissed({ first, requests }: Transaction, cancel: SipRequest): boolean {
  const mayBeLater = !(microsBetween(first, cancel) <= 2 * T1);
  return cancel.packet.transport === "udp" && requests.length === 1 && mayBeLater;
}

/** By protocol. RFC 3326 §3.1; in the field also Q.850 cause 26. */
const ANSWERED_ELSEWHERE = new Map([
  ["SIP", [200]],
  ["Q.850", [26]],
]);

/** No user responding, no answer from user, recovery on timer expiry; RFC 3398 §7.2.4.1 */
const TIMED_OUT = new Map([
  ["SIP", [408]],
  ["Q.850", [18, 19, 102]],
  ["RELEASE_CAUSE", [6]],
]);

/** The caller ended it, whatever the time. ITU-T Q.850 §2.2, 3GPP TS 24.229 §7.2A.18 */
const HUNG_UP = new Map([
  ["SIP", [487]],
  ["Q.850", [16]],
  ["RELEASE_CAUSE", [1]],
]);

function hasReason(cancel: SipRequest, causes: ReadonlyMap<string, readonly number[]>): boolean {
  return cancel
    .all(reason)
    .some(({ protocol, cause }) => cause !== undefined && causes.get(protocol.toUpperCase())?.includes(cause) === true);
}

function looksLikeTimer(seconds: number): boolean {
  if (seconds < SHORTEST_RING_TIMER_SECONDS - TIMER_SLACK_SECONDS) return false;
  const rest = seconds % TIMER_STEP_SECONDS;
  return Math.min(rest, TIMER_STEP_SECONDS - rest) <= TIMER_SLACK_SECONDS;
}
