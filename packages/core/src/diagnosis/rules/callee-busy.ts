import { ringing } from "../../transaction/transaction.ts";
import { answerOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { calleeOf, millisBetween, secondsBetween } from "../wording.ts";

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
    const rang = ringing(root) !== undefined;
    return {
      verdict: "certain",
      cause: response.statusCode === 600 ? "everywhere" : rang ? "person-busy" : "device-at-once",
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
