import { otherLegs } from "../call/origin.ts";
import type { SipRequest } from "../message/message.ts";
import { sentWithin } from "../transaction/sentWithin.ts";
import { timerB } from "../transaction/timers.ts";
import type { Transaction } from "../transaction/transaction.ts";
import type { Answer } from "./answer.ts";
import type { Context } from "./rule.ts";

/**
 * Up from the element that answered, over hops and legs, the last hop on which the request still has what was answered: its client
 * put that there, and has to act. Undefined where not even the request has it that the element is seen to get.
 */
export function firstHopWith(
  root: Transaction,
  { lastHop }: Answer,
  context: Context,
  has: (request: SipRequest) => boolean,
): Transaction | undefined {
  let found: Transaction | undefined;
  const passed = new Set<Transaction>();
  for (let hop: Transaction | undefined = lastHop; hop !== undefined && !passed.has(hop); hop = above(hop, context)) {
    passed.add(hop);
    if (hop.request !== undefined && !has(hop.request)) return found;
    if (hop.request !== undefined) found = hop;
    if (hop === root && root.upstream === undefined) return found;
  }
  return found;
}

function above(hop: Transaction, context: Context): Transaction | undefined {
  return hop.upstream ?? beforeItsLeg(hop, context);
}

/** Requests of a leg before another one that are looked at; more only come from somebody who wants it. */
const MOST_LOOKED_AT = 64;

/** The transaction that a B2BUA sent on as this one: of those that fit, the one that came to its own address, or came last. */
function beforeItsLeg(hop: Transaction, { call }: Context): Transaction | undefined {
  const { callId, fromTag, packet } = hop.first;
  const sinceMicros = hop.method === "INVITE" ? Number.NEGATIVE_INFINITY : packet.timeMicros - timerB;
  const before = call.legs
    .flatMap(({ transactions }) => sentWithin(transactions, sinceMicros, packet.timeMicros).slice(-MOST_LOOKED_AT))
    .filter(({ method }) => method === hop.method)
    .filter(({ first }) => first.callId !== callId || first.fromTag !== fromTag)
    .toSorted((a, b) => a.first.packet.timeMicros - b.first.packet.timeMicros);
  const isSentOn = (other: Transaction): boolean => otherLegs(other, call).includes(hop);
  const direct = before.filter(({ server }) => server.host === hop.client.host);
  return direct.findLast(isSentOn) ?? before.findLast(isSentOn);
}
