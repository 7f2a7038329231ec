import { ringing, type Transaction } from "../../transaction/transaction.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Rule, Verdict } from "../rule.ts";
import { behind, calleeOf, millisBetween, secondsBetween } from "../wording.ts";
import { oversizedRequest } from "./oversizedRequest.ts";
import { refusedForWantOfPrack } from "./prack-missing.ts";
import { isRefusedRefresh } from "./sessionTimer.ts";

const TIMED_OUT: ReadonlySet<number> = new Set([408, 504]);
/** Faster than this no timer of SIP runs out. */
const AT_ONCE_SECONDS = 1;

/** A 408 or 504 came from the network. RFC 3261 §16.7, §16.8, §21.4.9, §21.5.5; RFC 4320 §4.2 */
export const requestTimedOut: Rule<"transaction", "request-timed-out"> = {
  id: "request-timed-out",
  inspects: "transaction",
  citations: ["RFC 3261 §21.4.9", "RFC 3261 §16.7"],
  finalStatusCodes: TIMED_OUT,
  check(root, context) {
    const answer = answerOf(root, TIMED_OUT, context);
    if (answer === undefined || isRefusedRefresh(root, context.leg.dialogs)) return undefined;
    if (oversizedRequest(root, context) !== undefined || refusedForWantOfPrack(root, context)) return undefined;
    const { request, response, minted, origin, lastHop, statusCode } = answer;
    const silent = silentHop(lastHop);
    const { cause, verdict } = causeOf(root, answer, silent);
    const tried = silent?.requests ?? [];
    const unreachable = silent && context.eventsAbout(silent.client, silent.server, silent.first.packet.timeMicros)[0];
    return {
      verdict,
      cause,
      response,
      origin,
      evidence: [request, ...tried, ...(unreachable === undefined ? [] : [unreachable]), minted],
      missing: silent === undefined && cause !== "not-answered" ? [behind(origin.endpoint)] : [],
      citations: citationsOf(cause),
      values: {
        origin: origin.endpoint.text,
        callee: calleeOf(root),
        method: root.method,
        statusCode,
        seen: silent === undefined ? "no" : "yes",
        next: silent?.server.text ?? "",
        attempts: tried.length,
        seconds: secondsBetween(request, response),
        millis: millisBetween(request, response),
      },
    };
  },
};

type Cause = "no-binding" | "next-hop-silent" | "not-answered" | "dependency-silent" | "sent-to-non-invite";

function causeOf(
  root: Transaction,
  answer: Answer,
  silent: Transaction | undefined,
): { cause: Cause; verdict: Verdict } {
  const { request, response, statusCode } = answer;
  if (statusCode === 408 && root.method !== "INVITE") return { cause: "sent-to-non-invite", verdict: "certain" };
  if (ringing(root) !== undefined) return { cause: "not-answered", verdict: "likely" };
  if (silent !== undefined) return { cause: "next-hop-silent", verdict: "certain" };
  if (statusCode === 504) return { cause: "dependency-silent", verdict: "likely" };
  const atOnce = secondsBetween(request, response) < AT_ONCE_SECONDS;
  return { cause: atOnce ? "no-binding" : "next-hop-silent", verdict: "likely" };
}

/** A hop behind the element that answered, on which nothing came back, or 100 Trying only. */
function silentHop(lastHop: Transaction): Transaction | undefined {
  return lastHop.downstream.findLast(
    ({ request, responses }) => request !== undefined && responses.every(({ statusCode }) => statusCode === 100),
  );
}

function citationsOf(cause: Cause): string[] {
  if (cause === "sent-to-non-invite") return ["RFC 4320 §4.2"];
  if (cause === "dependency-silent") return ["RFC 3261 §21.5.5"];
  return cause === "not-answered" ? ["RFC 3261 §16.8"] : [];
}
