import { otherLegs } from "../../call/origin.ts";
import type { Call } from "../../call/call.ts";
import { maxForwards } from "../../message/maxForwards.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import { answeredByServer, answerOf } from "../answer.ts";
import type { Context, Draft, Evidence, Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { behind } from "../missing.ts";
import { fewHopsThatEnded } from "./fewHops.ts";
import { loopOf } from "./loop.ts";
import { mergedRequest } from "./mergedRequest.ts";
import { LOOP_CODES, type Return } from "./returns.ts";

/** The same link in so many legs of one call, each waiting for the next. */
const LEGS_THAT_SHOW_IT = 3;

/** A request that comes back to an element which it had left. RFC 3261 §16.3, RFC 5393 §4, RFC 7332 §3 */
export const routingLoop: Rule<"call", "routing-loop"> = {
  id: "routing-loop",
  inspects: "call",
  citations: ["RFC 3261 §16.3"],
  restsOnSides: true,
  standsForRefusal: true,
  check(call, context) {
    for (const leg of call.legs) {
      for (const root of leg.roots) {
        const final = root.finalResponse;
        if (root.method === "ACK" || (final !== undefined && final.statusCode < 300)) continue;
        const found = proxyLoop(root, context) ?? unseenLoop(root, context);
        if (found !== undefined) return found;
      }
    }
    return call.legs.length < LEGS_THAT_SHOW_IT ? undefined : b2buaLoop(call, context);
  },
};

function proxyLoop(root: Transaction, context: Context): Draft<"routing-loop"> | undefined {
  const loop = loopOf(root, context);
  if (loop === undefined) return undefined;
  const final = root.finalResponse;
  const { arrivals, next, spiral, proven } = loop;
  const limit = loop.limit?.response;
  return {
    verdict: proven ? "certain" : "likely",
    cause: spiral ? "spiral-exhausted" : "proxy-loop",
    response: final ?? limit,
    origin: final && context.originOf(root, final),
    evidence: [...evidenceOf(loop), ...(limit === undefined ? [] : [limit])],
    missing: proven ? [] : [behind(arrivals[0].server)],
    citations: ["RFC 5393 §4.1"],
    values: {
      element: arrivals[0].server.text,
      next: next.server.text,
      method: root.method,
      callee: calleeOf(arrivals[arrivals.length - 1]),
      times: arrivals.length,
      statusCode: limit?.statusCode ?? final?.statusCode ?? 0,
      inside: (root.request?.toTag ?? "") === "" ? "no" : "yes",
    },
  };
}

/** The first two arrivals, each with the hop that led to it, and the last one. */
function evidenceOf({ arrivals, next }: Return): Evidence[] {
  const shown = [arrivals[0], next, arrivals[1], arrivals[arrivals.length - 1]];
  return [...new Set(shown)].map(({ first }) => first);
}

/** A 482 or 483 from behind what is in view. */
function unseenLoop(root: Transaction, context: Context): Draft<"routing-loop"> | undefined {
  const answer = answerOf(root, LOOP_CODES, context);
  if (answer === undefined || root.method === "OPTIONS") return undefined;
  if (fewHopsThatEnded(root, answer, context) !== undefined) return undefined;
  const { request, response, minted, origin, statusCode } = answer;
  const isInside = request.toTag !== "";
  // Inside of a dialog none is merged. RFC 3261 §8.2.2.2
  const mayBeMerged = !isInside && (!answeredByServer(answer) || mergedRequest(root, context) !== undefined);
  if (statusCode === 482 && mayBeMerged) return undefined;
  return {
    verdict: "indeterminate",
    cause: "proxy-loop",
    response,
    origin,
    evidence: [request, minted],
    missing: [behind(origin.endpoint)],
    citations: isInside ? ["RFC 5057 §5.1"] : [],
    values: {
      element: origin.endpoint.text,
      next: origin.endpoint.text,
      method: root.method,
      callee: calleeOf(root),
      times: 0,
      statusCode,
      inside: isInside ? "yes" : "no",
    },
  };
}

function b2buaLoop(call: Call, { originOf }: Context): Draft<"routing-loop"> | undefined {
  const { attempt } = call;
  if (attempt === undefined || (attempt.finalResponse?.statusCode ?? 300) < 300) return undefined;
  const way = wayThroughLegs(attempt, call);
  const repeated = way.filter((hop) => way.some((other) => other !== hop && isSameLink(other, hop)));
  const again = repeated.filter((hop) => hop === repeated[0] || isSameLink(hop, repeated[0]));
  if (again.length < 2) return undefined;
  const { client, server } = again[0];
  const response = attempt.finalResponse;
  const proven = again.length >= LEGS_THAT_SHOW_IT;
  return {
    verdict: proven ? "certain" : "likely",
    cause: "b2bua-loop",
    response,
    origin: response && originOf(attempt, response),
    evidence: [...again.slice(0, LEGS_THAT_SHOW_IT).map(({ first }) => first), ...(response ? [response] : [])],
    missing: proven ? [] : [behind(server)],
    citations: ["RFC 7332 §3", "RFC 7332 §5"],
    values: {
      element: elementOf(again[0]),
      next: server.text,
      callee: calleeOf(again[0]),
      times: way.filter((hop) => hop.server.host === client.host && hop.server !== server).length,
      hops: startsAnew(again) ? "anew" : "other",
    },
  };
}

/** A later leg has no fewer hops left than an earlier one. RFC 7332 §5 */
function startsAnew(legs: readonly Transaction[]): boolean {
  const left = legs.map(({ request }) => request?.first(maxForwards) ?? Number.NaN);
  return left.some((hopsLeft, i) => i > 0 && hopsLeft >= left[i - 1]);
}

/** From leg to leg: the last hop of one, then the request that its server sent in a leg of its own, while the one before waited. */
function wayThroughLegs(attempt: Transaction, call: Call): Transaction[] {
  const way: Transaction[] = [];
  const callIds = new Set<string>();
  for (let next: Transaction | undefined = attempt; next !== undefined;) {
    const here: Transaction = next;
    callIds.add(here.first.callId);
    way.push(...hops(here));
    const leaf = way[way.length - 1];
    next = otherLegs(leaf, call).find((other) => !callIds.has(other.first.callId) && waits(leaf, other));
  }
  return way;
}

function waits({ finalResponse }: Transaction, other: Transaction): boolean {
  return finalResponse === undefined || finalResponse.packet.timeMicros >= other.first.packet.timeMicros;
}

function isSameLink(a: Transaction, b: Transaction): boolean {
  return (
    elementOf(a) === elementOf(b) &&
    a.server === b.server &&
    userOf(a) === userOf(b) &&
    a.first.callId !== b.first.callId
  );
}

/** A client may send from any port; only the port tells it from a server on its own host. */
function elementOf({ client, server }: Transaction): string {
  return client.address === server.address ? client.text : client.address;
}

function userOf(transaction: Transaction): string {
  const uri = calleeOf(transaction);
  const at = uri.indexOf("@");
  return at < 0 ? uri : uri.slice(0, at);
}
