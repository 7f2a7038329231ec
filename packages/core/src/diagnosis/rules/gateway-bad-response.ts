import { answerAsGiven } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { BAD_GATEWAY, unusableResponse } from "./gatewayAnswer.ts";

/** A 502 whose downstream leg is in view, with an answer there that is no valid SIP, or none that fits. RFC 3261 §21.5.3 */
export const gatewayBadResponse: Rule<"transaction", "gateway-bad-response"> = {
  id: "gateway-bad-response",
  inspects: "transaction",
  citations: ["RFC 3261 §21.5.3"],
  finalStatusCodes: BAD_GATEWAY,
  check(root, context) {
    const answer = answerAsGiven(root, context, BAD_GATEWAY);
    const unusable = answer && unusableResponse(answer, context);
    if (answer === undefined || unusable === undefined) return undefined;
    const { cause, hop, response, field, line } = unusable;
    const sameTurn = hop.responses.some(({ statusCode }) => statusCode >= 200);
    return {
      verdict: cause === "malformed" && !sameTurn ? "certain" : "likely",
      cause,
      response: answer.response,
      origin: answer.origin,
      evidence: [{ message: response, line }, answer.minted],
      values: {
        origin: answer.origin.endpoint.text,
        statusCode: answer.statusCode,
        next: hop.server.text,
        line,
        field,
        downstreamCode: response.statusCode,
      },
    };
  },
};
