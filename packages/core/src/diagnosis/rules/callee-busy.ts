import type { SipResponse } from "../../message/message.ts";
import { ringing, type Transaction } from "../../transaction/transaction.ts";
import { answerOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { calleeOf, millisBetween, secondsBetween } from "../wording.ts";

/** A device takes no longer; whoever answers later has perhaps rung, and the capture does not show it. */
const LONGEST_AT_ONCE_MILLIS = 1000;

const BUSY: ReadonlySet<number> = new Set([486, 600]);

/** The called party rejected the call because it is already in one. RFC 3261 §21.4.24, §21.6.1 */
export const calleeBusy: Rule<"transaction", "callee-busy"> = {
  id: "callee-busy",
  inspects: "transaction",
  citations: ["RFC 3261 §21.4.24", "RFC 3261 §21.6.1"],
  finalStatusCodes: BUSY,
  check(root, context) {
    if (root.method !== "INVITE") return undefined;
    const answer = answerOf(root, BUSY, context);
    if (answer === undefined) return undefined;
    const { request, response, minted, origin } = answer;
    const cause = causeOf(root, response);
    const millis = millisBetween(request, response);
    return {
      verdict: cause !== "device-at-once" || millis <= LONGEST_AT_ONCE_MILLIS ? "certain" : "likely",
      cause,
      response,
      origin,
      evidence: [request, minted],
      values: {
        callee: calleeOf(root),
        origin: origin.endpoint.text,
        seconds: secondsBetween(request, response),
        millis,
      },
    };
  },
};

function causeOf(root: Transaction, { statusCode }: SipResponse): "everywhere" | "person-busy" | "device-at-once" {
  if (statusCode === 600) return "everywhere";
  return ringing(root) === undefined ? "device-at-once" : "person-busy";
}
