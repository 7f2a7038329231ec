import { answerOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { behind, logOf } from "../wording.ts";
import { BAD_GATEWAY, outOfOrderCause, unusableResponse } from "./gatewayAnswer.ts";

/** A 502 that neither a downstream answer nor a Q.850 cause explains. RFC 3261 §21.5.3 */
export const gatewayFailureUnexplained: Rule<"transaction", "gateway-failure-unexplained"> = {
  id: "gateway-failure-unexplained",
  inspects: "transaction",
  citations: ["RFC 3261 §21.5.3"],
  finalStatusCodes: BAD_GATEWAY,
  check(root, context) {
    const answer = answerOf(root, BAD_GATEWAY, context);
    if (answer === undefined || outOfOrderCause(answer.response) !== undefined) return undefined;
    if (unusableResponse(answer, context) !== undefined) return undefined;
    const { endpoint } = answer.origin;
    return {
      verdict: "indeterminate",
      response: answer.response,
      origin: answer.origin,
      evidence: [answer.request, answer.minted],
      missing: [behind(endpoint), logOf(endpoint, root.first.callId)],
      values: { origin: endpoint.text, statusCode: answer.statusCode, callId: root.first.callId },
    };
  },
};
