import { answerOf, q850CauseOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { behind, calleeOf } from "../wording.ts";
import { q850Evidence } from "./gatewayAnswer.ts";

const NOT_FOUND: ReadonlySet<number> = new Set([404, 604, 410, 484, 485, 416]);

/** The Request-URI leads to nobody. RFC 3261 §8.2.2.1, §21.4.5, §21.4.22 */
export const numberNotFound: Rule<"transaction", "number-not-found"> = {
  id: "number-not-found",
  inspects: "transaction",
  citations: ["RFC 3261 §8.2.2.1", "RFC 3261 §21.4.5"],
  finalStatusCodes: NOT_FOUND,
  check(root, context) {
    const answer = answerOf(root, NOT_FOUND, context);
    if (answer === undefined) return undefined;
    const { request, response, minted, origin, statusCode } = answer;
    const unallocated = q850CauseOf(response) === 1;
    const cause = unallocated ? "unallocated-in-pstn" : causeOf(statusCode);
    return {
      verdict: cause === "not-in-routing" ? "likely" : "certain",
      cause,
      response,
      origin,
      evidence: unallocated ? [request, minted, q850Evidence(minted)] : [request, minted],
      missing: cause === "not-in-routing" && origin.orBehind ? [behind(origin.endpoint)] : [],
      values: { callee: calleeOf(root), origin: origin.endpoint.text, client: answer.lastHop.client.text, statusCode },
    };
  },
};

function causeOf(statusCode: number): "gone" | "incomplete" | "not-in-routing" {
  if (statusCode === 410) return "gone";
  return statusCode === 484 ? "incomplete" : "not-in-routing";
}
