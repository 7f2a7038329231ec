import { ringing } from "../../transaction/transaction.ts";
import { answeredByServer, answerOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { calleeOf, millisBetween, secondsBetween } from "../wording.ts";
import { blockedByNetwork } from "./blocking.ts";

const DECLINED: ReadonlySet<number> = new Set([603]);

/** The called party does not want the call. RFC 3261 §21.6.2 */
export const calleeDeclined: Rule<"transaction", "callee-declined"> = {
  id: "callee-declined",
  inspects: "transaction",
  citations: ["RFC 3261 §21.6.2"],
  finalStatusCodes: DECLINED,
  check(root, context) {
    if (root.method !== "INVITE") return undefined;
    const answer = answerOf(root, DECLINED, context);
    if (answer === undefined || blockedByNetwork(answer.response)) return undefined;
    const { request, response, minted, origin } = answer;
    const rang = ringing(root) !== undefined;
    return {
      verdict: "likely",
      cause: rang ? "by-person" : answeredByServer(answer) ? "by-policy" : "by-device",
      response,
      origin,
      evidence: [request, minted],
      values: {
        callee: calleeOf(root),
        origin: origin.endpoint.text,
        seconds: secondsBetween(request, response),
        millis: millisBetween(request, response),
      },
    };
  },
};
