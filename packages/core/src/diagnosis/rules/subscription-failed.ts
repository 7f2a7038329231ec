import { event } from "../../message/event.ts";
import { expires } from "../../message/expires.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { subscriptionState } from "../../message/subscriptionState.ts";
import { timerB as timerN } from "../../transaction/timers.ts";
import { firstHop, isSuccess, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Draft, Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { secondsBetween, secondsUntil } from "../elapsed.ts";
import { beside } from "../missing.ts";

/** What a first NOTIFY says that gives no state: others ask for another try, or say that all is known. RFC 6665 §4.1.3 */
const CAUSES: ReadonlyMap<string, "rejected" | "no-resource" | "given-up"> = new Map([
  ["rejected", "rejected"],
  ["noresource", "no-resource"],
  ["giveup", "given-up"],
]);

/** A SUBSCRIBE was accepted, and no state follows. RFC 6665 §4.1.2.4, §4.1.3 */
export const subscriptionFailed: Rule<"transaction", "subscription-failed"> = {
  id: "subscription-failed",
  inspects: "transaction",
  citations: ["RFC 6665 §4.1.2.4", "RFC 6665 §4.1.3"],
  check(root, context) {
    const { method, request, finalResponse: accepted } = root;
    if (method !== "SUBSCRIBE" || request === undefined || request.toTag !== "") return undefined;
    // Who asks for the state once is told it with a subscription that is over. RFC 6665 §4.4.3
    if (accepted === undefined || !isSuccess(accepted) || request.first(expires) === 0) return undefined;
    const notifies = context.leg.roots.filter(
      (each) => each.method === "NOTIFY" && each.request?.toTag === request.fromTag,
    );
    if (notifies.length === 0) return withoutNotify(root, request, accepted, context);
    const decisive = notifies.find((each) => each.request?.first(subscriptionState)?.state !== "pending")?.request;
    return decisive && endedAtOnce(root, request, accepted, decisive);
  },
};

function withoutNotify(
  root: Transaction,
  request: SipRequest,
  accepted: SipResponse,
  { observedUntilMicros }: Context,
): Draft<"subscription-failed"> | undefined {
  const seconds = secondsUntil(accepted, observedUntilMicros);
  if (!(seconds >= timerN / 1e6)) return undefined;
  return {
    verdict: "indeterminate",
    cause: "no-notify",
    response: accepted,
    element: root.server,
    evidence: [{ message: request, field: event }, accepted],
    missing: [beside(firstHop(root).client)],
    values: { ...valuesOf(root, request, accepted), seconds },
  };
}

function endedAtOnce(
  root: Transaction,
  request: SipRequest,
  accepted: SipResponse,
  notify: SipRequest,
): Draft<"subscription-failed"> | undefined {
  const said = notify.first(subscriptionState);
  const cause = said?.state === "terminated" ? CAUSES.get(said.reason ?? "") : undefined;
  if (cause === undefined) return undefined;
  // One that brought the state may have gone before and be lost.
  return {
    verdict: "likely",
    cause,
    response: accepted,
    element: root.server,
    evidence: [{ message: request, field: event }, accepted, { message: notify, field: subscriptionState }],
    missing: [beside(root.server)],
    values: { ...valuesOf(root, request, accepted), seconds: secondsBetween(accepted, notify) },
  };
}

function valuesOf(root: Transaction, request: SipRequest, { statusCode }: SipResponse) {
  return {
    client: firstHop(root).client.text,
    server: root.server.text,
    callee: calleeOf(root),
    event: request.first(event)?.package ?? "",
    statusCode,
  };
}
