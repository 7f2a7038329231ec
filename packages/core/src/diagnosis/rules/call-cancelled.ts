import type { SipRequest } from "../../message/message.ts";
import { reason } from "../../message/reason.ts";
import { T1 } from "../../transaction/timers.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Rule } from "../rule.ts";
import { microsBetween, secondsBetween } from "../wording.ts";
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
    const { cause, sure } = causeOf(root, cancelled, cancel);
    return {
      verdict: cause === "ring-timeout" || final === undefined || !sure ? "likely" : "certain",
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

function causeOf(root: Transaction, cancelled: Transaction, cancel: SipRequest): { cause: Cause; sure: boolean } {
  if (answeredElsewhere(cancel)) return { cause: "answered-elsewhere", sure: true };
  const sure = provisionalSeen(cancelled, cancel);
  if (!sure && !provisionalMissed(cancelled, cancel)) {
    return { cause: "cancel-before-provisional", sure: cancel.packet.transport === "udp" };
  }
  // A CANCEL that begins below the root is the decision of a proxy, by its timer C. RFC 3261 §16.8
  const seconds = secondsBetween(root.first, cancel);
  if (cancelled !== root || looksLikeTimer(seconds)) return { cause: "ring-timeout", sure };
  return { cause: "caller-gave-up", sure: sure && !Number.isNaN(seconds) };
}

function provisionalSeen({ responses }: Transaction, cancel: SipRequest): boolean {
  return responses.some(({ packet }) => packet.timeMicros <= cancel.packet.timeMicros);
}

/** Over UDP an INVITE without an answer is repeated at T1: where it was not, the capture missed the answer. RFC 3261 §17.1.1.2 */
function provisionalMissed({ first, requests }: Transaction, cancel: SipRequest): boolean {
  const mayBeLater = !(microsBetween(first, cancel) <= 2 * T1);
  return cancel.packet.transport === "udp" && requests.length === 1 && mayBeLater;
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
