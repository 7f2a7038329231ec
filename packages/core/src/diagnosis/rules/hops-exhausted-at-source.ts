import { maxForwards } from "../../message/maxForwards.ts";
import { via } from "../../message/via.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { answerOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { behind, calleeOf } from "../wording.ts";
import { returnOf } from "./returns.ts";

const TOO_MANY_HOPS: ReadonlySet<number> = new Set([483]);
/** 70 is recommended; below this it is a plain way through a network that may be too long. RFC 3261 §8.1.1.6 */
const FEW_HOPS = 10;

/** A 483 because the request left its source with Max-Forwards 0, or hardly more. RFC 3261 §8.1.1.6, §16.3 */
export const hopsExhaustedAtSource: Rule<"transaction", "hops-exhausted-at-source"> = {
  id: "hops-exhausted-at-source",
  inspects: "transaction",
  citations: ["RFC 3261 §8.1.1.6", "RFC 3261 §21.4.21"],
  finalStatusCodes: TOO_MANY_HOPS,
  check(root, context) {
    const hopsLeft = fewHopsAtSource(root);
    const answer = hopsLeft === undefined ? undefined : answerOf(root, TOO_MANY_HOPS, context);
    if (hopsLeft === undefined || answer === undefined) return undefined;
    const { request, response, minted, origin } = answer;
    return {
      verdict: hopsLeft === 0 ? "certain" : "likely",
      response,
      origin,
      evidence: [{ message: request, field: maxForwards }, minted],
      missing: hopsLeft > 0 && origin.orBehind ? [behind(origin.endpoint)] : [],
      values: {
        client: root.client.text,
        callee: calleeOf(root),
        origin: origin.endpoint.text,
        method: root.method,
        maxForwards: hopsLeft,
      },
    };
  },
};

/**
 * What Max-Forwards was where the request began, if it was low; undefined also for OPTIONS, with which tools count hops on purpose
 * (RFC 3261 §11), and where the request had passed elements that are not in view.
 */
export function fewHopsAtSource(root: Transaction): number | undefined {
  const { request } = root;
  if (request === undefined || root.method === "OPTIONS" || request.all(via).length > 1) return undefined;
  const hopsLeft = request.first(maxForwards);
  if (hopsLeft === undefined || hopsLeft >= FEW_HOPS) return undefined;
  return returnOf(root) === undefined ? hopsLeft : undefined;
}
