import type { SipRequest } from "../../message/message.ts";
import { reason } from "../../message/reason.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Rule } from "../rule.ts";
import { secondsBetween } from "../wording.ts";
import { owesFinal } from "./cancel-ignored.ts";

/** Timers of products are whole multiples of this many seconds; people are not that exact. */
const TIMER_STEP_SECONDS = 5;
const TIMER_SLACK_SECONDS = 0.15;
const SHORTEST_RING_TIMER_SECONDS = 10;

/** The call ended by CANCEL before it was answered. RFC 3261 §9.1, §9.2 */
export const callCancelled: Rule<"transaction", "call-cancelled"> = {
  id: "call-cancelled",
  inspects: "transaction",
  citations: ["RFC 3261 §9.1", "RFC 3261 §9.2"],
  check(root, context) {
    if (root.method !== "INVITE" || root.request === undefined) return undefined;
    const cancelled = hops(root).find((hop) => hop.cancel?.request !== undefined);
    const cancel = cancelled?.cancel?.request;
    if (cancelled === undefined || cancel === undefined) return undefined;
    const final = root.finalResponse;
    if (final !== undefined && final.statusCode !== 487) return undefined;
    if (final === undefined && owesFinal(root, context) !== undefined) return undefined;
    const cause = causeOf(root, cancelled, cancel);
    return {
      verdict: cause === "ring-timeout" || final === undefined ? "likely" : "certain",
      cause,
      response: final,
      evidence: [
        root.request,
        cancel.has(reason) ? { message: cancel, field: reason } : cancel,
        ...(final === undefined ? [] : [final]),
      ],
      values: {
        client: cancelled.client.text,
        seconds: secondsBetween(root.request, cancel),
        confirmed: final === undefined ? "no" : "yes",
      },
    };
  },
};

type Cause = "caller-gave-up" | "ring-timeout" | "answered-elsewhere" | "cancel-before-provisional";

function causeOf(root: Transaction, cancelled: Transaction, cancel: SipRequest): Cause {
  if (answeredElsewhere(cancel)) return "answered-elsewhere";
  const answeredBefore = cancelled.responses.some(({ packet }) => packet.timeMicros <= cancel.packet.timeMicros);
  if (!answeredBefore) return "cancel-before-provisional";
  // A CANCEL that begins below the root is the decision of a proxy, by its timer C. RFC 3261 §16.8
  if (cancelled !== root) return "ring-timeout";
  return looksLikeTimer(secondsBetween(root.first, cancel)) ? "ring-timeout" : "caller-gave-up";
}

/** RFC 3326 §3.1; in the field also Q.850 cause 26. */
function answeredElsewhere(cancel: SipRequest): boolean {
  return cancel.all(reason).some(({ protocol, cause }) => {
    const name = protocol.toUpperCase();
    return (name === "SIP" && cause === 200) || (name === "Q.850" && cause === 26);
  });
}

function looksLikeTimer(seconds: number): boolean {
  if (seconds < SHORTEST_RING_TIMER_SECONDS - TIMER_SLACK_SECONDS) return false;
  const rest = seconds % TIMER_STEP_SECONDS;
  return Math.min(rest, TIMER_STEP_SECONDS - rest) <= TIMER_SLACK_SECONDS;
}
