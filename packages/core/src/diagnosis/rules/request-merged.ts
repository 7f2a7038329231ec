import type { Transaction } from "../../transaction/transaction.ts";
import { answeredByServer, answerOf } from "../answer.ts";
import type { Context, Draft, Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { behind, beside } from "../missing.ts";
import { loopOf } from "./loop.ts";
import { comesAnew, type MergedRequest, mergedRequest } from "./mergedRequest.ts";

const LOOP_DETECTED: ReadonlySet<number> = new Set([482]);

/** A 482 because the same request came by two ways. RFC 3261 §8.2.2.2 */
export const requestMerged: Rule<"transaction", "request-merged"> = {
  id: "request-merged",
  inspects: "transaction",
  citations: ["RFC 3261 §8.2.2.2", "RFC 3261 §21.4.20"],
  restsOnSides: true,
  check(root, context) {
    const final = root.finalResponse;
    if (final === undefined || final.statusCode < 300) return undefined;
    if (root.downstream.length === 0 && final.statusCode !== 482) return undefined;
    const merged = mergedRequest(root, context);
    return merged === undefined ? unseen(root, context) : seen(root, merged, context);
  },
};

function seen(root: Transaction, merged: MergedRequest, context: Context): Draft<"request-merged"> {
  const { refused, response, copies } = merged;
  const passedOn = root.finalResponse?.statusCode === 482 ? root.finalResponse : undefined;
  // Where nothing came of a copy later, the capture may have missed what had come before: then the client asks anew.
  const isProven = copies.every((copy) => copy === refused || copy.finalResponse !== undefined);
  return {
    verdict: isProven ? "certain" : "likely",
    response: passedOn ?? response,
    origin: passedOn && context.originOf(root, passedOn),
    evidence: [...copies.map(({ first }) => first), response],
    missing: isProven ? [] : [beside(refused.server)],
    values: {
      origin: refused.server.text,
      forker: refused.client.text,
      callee: calleeOf(refused),
      method: root.method,
      copies: copies.length,
    },
  };
}

/** A phone that answers 482 says that it had the request already; a proxy may as well mean a loop. */
function unseen(root: Transaction, context: Context): Draft<"request-merged"> | undefined {
  const answer = answerOf(root, LOOP_DETECTED, context);
  if (answer === undefined || answeredByServer(answer) || loopOf(root, context) !== undefined) return undefined;
  // Inside of a dialog none is merged. RFC 3261 §8.2.2.2
  if (answer.request.toTag !== "" || comesAnew(answer.lastHop, context)) return undefined;
  const { endpoint, orBehind } = answer.origin;
  return {
    verdict: "indeterminate",
    response: answer.response,
    origin: answer.origin,
    evidence: [answer.request, answer.minted],
    missing: [orBehind ? behind(endpoint) : beside(endpoint)],
    values: {
      origin: endpoint.text,
      forker: answer.lastHop.client.text,
      callee: calleeOf(root),
      method: root.method,
      copies: 0,
    },
  };
}
