import { earlyBye } from "../../call/earlyBye.ts";
import { otherLegs } from "../../call/origin.ts";
import type { SipResponse } from "../../message/message.ts";
import type { Endpoint } from "../../network/packet.ts";
import { timerB, timerC } from "../../transaction/timers.ts";
import { hops, ringing, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Draft, Missing, Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { secondsBetween, secondsUntil } from "../elapsed.ts";
import { behind, beside, logOf, longer } from "../missing.ts";
import { byeInstead } from "./byeInstead.ts";
import { lostWhileRinging } from "./connection-lost.ts";

type Found = Draft<"final-response-missing">;

const NONE: ReadonlySet<number> = new Set([0]);

/** An INVITE got provisional responses, and then nothing for longer than a proxy may wait. RFC 3261 §16.6 step 11, §16.8 */
export const finalResponseMissing: Rule<"transaction", "final-response-missing"> = {
  id: "final-response-missing",
  inspects: "transaction",
  citations: ["RFC 3261 §13.3.1.1", "RFC 3261 §16.8"],
  finalStatusCodes: NONE,
  check(root, context) {
    // Inside a dialog it is a change that hangs, and no call.
    if (root.method !== "INVITE" || root.request?.toTag !== "" || root.responses.length === 0) return undefined;
    const way = hops(root);
    const early = earlyBye(root, context.leg);
    if (early !== undefined && owesFinalAfter(early, root, context)) return unended(root, early, context);
    if (way.some(({ cancel }) => cancel !== undefined) || goesOn(root, context)) return undefined;
    if (lostWhileRinging(root, context) !== undefined) return undefined;
    const held = way.find(isHeldBack);
    if (held?.finalResponse !== undefined) return notPassedOn(root, held.client, held.finalResponse, context);
    const bye = byeInstead(root, context);
    if (bye !== undefined) return endedByBye(root, bye, context);
    const waiting = way.findLast(
      ({ responses, downstream, finalResponse }) =>
        responses.length > 0 && downstream.length === 0 && finalResponse === undefined,
    );
    if (waiting === undefined) return undefined;
    const beyond = otherLegs(waiting, context.call);
    if (beyond.length === 0) return nothingCame(root, waiting, context);
    // What is still open there is told of that leg.
    const finals = beyond.map(({ finalResponse }) => finalResponse).filter((final) => final !== undefined);
    return finals.length < beyond.length
      ? undefined
      : notPassedOn(root, waiting.server, finals[finals.length - 1], context);
  },
};

/** A BYE that ends what only rings is taken with a 2xx, and the INVITE has to be answered still. RFC 3261 §15.1.2 */
export function owesFinalAfter(
  bye: Transaction,
  { finalResponse, acks }: Transaction,
  { observedUntilMicros }: Context,
): boolean {
  const isOpen = finalResponse === undefined && acks.length === 0;
  return isOpen && secondsUntil(bye.finalResponse!, observedUntilMicros) >= timerB / 1e6;
}

function unended(root: Transaction, bye: Transaction, { observedUntilMicros }: Context): Found {
  const rang = ringing(root);
  return {
    verdict: "likely",
    cause: "after-bye",
    element: root.server,
    evidence: [root.request!, ...(rang === undefined ? [] : [rang]), bye.first, bye.finalResponse!],
    missing: [beside(root.server)],
    citations: ["RFC 3261 §15", "RFC 3261 §15.1.2"],
    values: {
      client: root.client.text,
      server: root.server.text,
      callee: calleeOf(root),
      seconds: secondsBetween(root.first, bye.first),
      status: rang === undefined ? "" : `${rang.statusCode} ${rang.reasonPhrase}`.trim(),
      next: "",
      waited: secondsUntil(bye.finalResponse!, observedUntilMicros),
    },
  };
}

/** The client acts as if the call were up: the capture has missed the answer. */
function goesOn({ first, index }: Transaction, { leg }: Context): boolean {
  return leg.roots.some(
    (other) => other.index > index && other.first.fromTag === first.fromTag && other.first.toTag !== "",
  );
}

/** A proxy passes a 2xx on at once, and another final response when all branches have one. RFC 3261 §16.7 */
function isHeldBack({ finalResponse, upstream }: Transaction): boolean {
  if (finalResponse === undefined || upstream === undefined || upstream.finalResponse !== undefined) return false;
  return finalResponse.statusCode < 300 || upstream.downstream.every((branch) => branch.finalResponse !== undefined);
}

function notPassedOn(root: Transaction, proxy: Endpoint, final: SipResponse, context: Context): Found | undefined {
  const values = stillWaiting(root, proxy, final, timerB, context);
  return (
    values && {
      verdict: "likely",
      cause: "not-passed-on",
      element: proxy,
      evidence: [root.request!, final],
      missing: [logOf(proxy, root.first.callId)],
      citations: ["RFC 3261 §16.7"],
      values: { ...values, next: final.packet.source.text },
    }
  );
}

/** The INVITE may still be answered with 487, for as long as its client waits for the end of the call. RFC 3261 §15.1.2 */
function endedByBye(root: Transaction, bye: Transaction, { observedUntilMicros }: Context): Found | undefined {
  const seconds = secondsUntil(bye.first, observedUntilMicros);
  if (Number.isNaN(seconds)) return undefined;
  const isOver = seconds >= timerB / 1e6;
  return {
    verdict: isOver ? "likely" : "indeterminate",
    cause: "bye-instead",
    element: bye.client,
    evidence: [root.request!, ...root.responses.slice(-1), bye.first],
    missing: [isOver ? senderOf(bye) : longer(Math.ceil(timerB / 1e6 - seconds))],
    citations: ["RFC 3261 §15"],
    values: {
      client: root.client.text,
      server: bye.client.text,
      callee: calleeOf(root),
      seconds: secondsBetween(root.first, bye.first),
      status: "",
      next: "",
    },
  };
}

/** A proxy adds its Via to what it passes on. RFC 3261 §16.6 step 8 */
function senderOf({ client, first }: Transaction): Missing {
  return first.branches.length > 1 ? behind(client) : beside(client);
}

function nothingCame(root: Transaction, waiting: Transaction, context: Context): Found | undefined {
  const { server, responses } = waiting;
  const last = responses[responses.length - 1];
  const values = stillWaiting(root, server, last, timerC, context);
  return (
    values && {
      verdict: "likely",
      cause: ringing(waiting) === undefined ? "trying-only" : "ringing-only",
      element: server,
      evidence: [root.request!, last],
      missing: [behind(server)],
      values: { ...values, next: "" },
    }
  );
}

/** What is told of a client that has waited for so long, in microseconds, since the last response. */
function stillWaiting(
  root: Transaction,
  { text: server }: Endpoint,
  last: SipResponse,
  longestMicros: number,
  { observedUntilMicros }: Context,
) {
  const seconds = secondsUntil(last, observedUntilMicros);
  if (!(seconds >= longestMicros / 1e6)) return undefined;
  const status = `${last.statusCode} ${last.reasonPhrase}`.trim();
  return { client: root.client.text, server, callee: calleeOf(root), seconds, status };
}
