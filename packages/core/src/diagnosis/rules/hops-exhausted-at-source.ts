import { maxForwards } from "../../message/maxForwards.ts";
import { answerOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { behind } from "../missing.ts";
import { fewHopsAtSource, fewHopsThatEnded } from "./fewHops.ts";
import { loopOf } from "./loop.ts";

const TOO_MANY_HOPS: ReadonlySet<number> = new Set([483]);

/** A 483 because the request left its source with Max-Forwards 0, or hardly more. RFC 3261 §8.1.1.6, §16.3 */
export const hopsExhaustedAtSource: Rule<"transaction", "hops-exhausted-at-source"> = {
  id: "hops-exhausted-at-source",
  inspects: "transaction",
  citations: ["RFC 3261 §8.1.1.6", "RFC 3261 §21.4.21"],
  finalStatusCodes: TOO_MANY_HOPS,
  check(root, context) {
    const answer = fewHopsAtSource(root) === undefined ? undefined : answerOf(root, TOO_MANY_HOPS, context);
    const hopsLeft = answer && fewHopsThatEnded(root, answer, context);
    if (hopsLeft === undefined || answer === undefined || loopOf(root, context) !== undefined) return undefined;
    const { request, asked, response, minted, origin } = answer;
    // A B2BUA in between starts anew.
    if (asked.callId !== request.callId || asked.fromTag !== request.fromTag) return undefined;
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
