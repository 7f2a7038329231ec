import { productOf, recognizedProduct } from "../../call/products.ts";
import type { SipResponse } from "../../message/message.ts";
import { answerAsGiven } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { logOf } from "../missing.ts";
import { BAD_GATEWAY, outOfOrderCause, q850Evidence } from "./gatewayAnswer.ts";

/** A 502 with the ISDN cause it stands for. RFC 3398 §7.2.4.1, §8.2.6.1 */
export const gatewayDestinationOutOfOrder: Rule<"transaction", "gateway-destination-out-of-order"> = {
  id: "gateway-destination-out-of-order",
  inspects: "transaction",
  citations: ["RFC 3398 §7.2.4.1", "RFC 3326 §2", "RFC 6432 §3"],
  finalStatusCodes: BAD_GATEWAY,
  check(root, context) {
    const answer = answerAsGiven(root, context, BAD_GATEWAY);
    const cause = answer && outOfOrderCause(answer, context);
    if (answer === undefined || cause === undefined) return undefined;
    const proven = !mayBeItsOwn(answer.minted);
    return {
      verdict: proven ? "certain" : "likely",
      cause,
      response: answer.response,
      origin: answer.origin,
      evidence: [answer.minted, q850Evidence(answer.minted)],
      missing: proven ? [] : [logOf(answer.origin.endpoint, answer.minted.callId)],
      citations: cause === "network" ? ["RFC 3398 §8.2.6.1"] : [],
      values: {
        origin: answer.origin.endpoint.text,
        callee: calleeOf(root),
        statusCode: answer.statusCode,
        q850: cause === "network" ? 38 : 27,
      },
    };
  },
};

/** A PBX, which also a nameless element may be, writes such causes of its own for what it got by SIP. */
function mayBeItsOwn(minted: SipResponse): boolean {
  const name = productOf(minted);
  const kind = name === undefined ? undefined : (recognizedProduct(name)?.kind ?? "gateway");
  return kind !== "gateway";
}
