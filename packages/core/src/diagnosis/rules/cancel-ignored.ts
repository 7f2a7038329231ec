import { sameResponse } from "../../call/origin.ts";
import { isChallenge } from "../../message/digest.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { T1, timerB } from "../../transaction/timers.ts";
import { hops, isRefusedCancel, REQUEST_TERMINATED, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Draft, Rule } from "../rule.ts";
import { isBefore, microsBetween, millisBetween, secondsBetween, secondsUntil } from "../elapsed.ts";
import { beside, longer } from "../missing.ts";
import { crossedAnswer } from "./crossedAnswer.ts";

type Found = Draft<"cancel-ignored">;

/** Who accepts a CANCEL answers the INVITE with 487 at once; behind a proxy the CANCEL may have to be repeated on its way. RFC 3261 §9.2 */
const LONGEST_CROSSING_MICROS = 8 * T1;

/** A CANCEL was accepted and the INVITE got no final answer, or was answered after all. RFC 3261 §9.1, §9.2 */
export const cancelIgnored: Rule<"transaction", "cancel-ignored"> = {
  id: "cancel-ignored",
  inspects: "transaction",
  citations: ["RFC 3261 §9.1", "RFC 3261 §9.2"],
  check(root, context) {
    if (root.method !== "INVITE" || root.request === undefined) return undefined;
    const refused = refusedCancel(root);
    if (refused !== undefined) return withCancelRefused(refused);
    const owing = owesFinal(root, context);
    if (owing !== undefined) return withoutFinal(owing, context);
    const answer = crossedAnswer(root);
    const ignored = answer === undefined ? undefined : answeredAllTheSame(root, answer);
    if (ignored !== undefined) return withoutFinal(ignored, context, sameResponse(ignored, answer!));
    return root.cancel === undefined ? undefined : crossed(root, context);
  },
};

/** The hop furthest down whose INVITE got no final response although its CANCEL was accepted 64*T1 ago. Guard G1. */
export function owesFinal(root: Transaction, { observedUntilMicros }: Context): Transaction | undefined {
  return hops(root).findLast((hop) => {
    const accepted = hop.cancel?.finalResponse;
    if (accepted === undefined || accepted.statusCode >= 300 || hop.finalResponse !== undefined) return false;
    // The ACK of the hop shows a 487 that the capture missed. RFC 3261 §17.1.1.3
    if (hop.acks.length > 0) return false;
    return observedUntilMicros - accepted.packet.timeMicros >= timerB;
  });
}

/** The hop on which the CANCEL was refused, but for a 481, and the INVITE did not end for its sake. RFC 3261 §9.2, §22.1 */
function refusedCancel(root: Transaction): Transaction | undefined {
  return hops(root).find(({ cancel, finalResponse: end, acks }) => {
    if (cancel === undefined || !isRefusedCancel(cancel)) return false;
    const wasOver = end !== undefined && end.packet.timeMicros < cancel.first.packet.timeMicros;
    // The ACK of the hop shows a 487 that the capture missed. RFC 3261 §17.1.1.3
    const isOver = end?.statusCode === REQUEST_TERMINATED || (end === undefined && acks.length > 0);
    return !wasOver && !isOver;
  });
}

function withCancelRefused(hop: Transaction): Found | undefined {
  const { request, client, server, cancel, responses, finalResponse: end } = hop;
  const refusal = cancel?.finalResponse;
  if (request === undefined || cancel === undefined || refusal === undefined) return undefined;
  // The 487 that ended it all the same may be what the capture missed.
  const goesOn = responses.some((response) => isBefore(refusal, response));
  return {
    verdict: goesOn ? "certain" : "likely",
    cause: "refused",
    response: refusal,
    element: server,
    evidence: [request, cancel.first, refusal, ...(end === undefined ? [] : [end])],
    missing: goesOn ? [] : [beside(server)],
    citations: isChallenge(refusal.statusCode) ? ["RFC 3261 §22.1"] : [],
    values: { client: client.text, origin: server.text, statusCode: refusal.statusCode },
  };
}

/** The hop furthest down that was answered long after its CANCEL was accepted, with what no hop shows earlier: nobody had heeded the CANCEL. */
function answeredAllTheSame(root: Transaction, answer: SipResponse): Transaction | undefined {
  const seen = firstSight(root, answer);
  return hops(root).findLast((hop) => {
    const accepted = hop.cancel?.finalResponse;
    if (accepted === undefined || accepted.statusCode >= 300 || sameResponse(hop, answer) === undefined) return false;
    const longest = wasPassedOn(hop, accepted) ? LONGEST_CROSSING_MICROS : T1;
    return microsBetween(accepted, seen) > longest;
  });
}

/** False where no CANCEL is seen behind the element that accepted it, though it could have sent one at once. RFC 3261 §9.1, §16.10 */
function wasPassedOn({ downstream }: Transaction, accepted: SipResponse): boolean {
  return !downstream.some(
    ({ cancel, responses }) =>
      cancel === undefined && responses.some(({ packet }) => packet.timeMicros <= accepted.packet.timeMicros),
  );
}

/** The answer on the hop where it was seen first. */
function firstSight(root: Transaction, answer: SipResponse): SipResponse {
  const copies = hops(root).map((hop) => sameResponse(hop, answer) ?? answer);
  return copies.reduce((first, copy) => (copy.packet.timeMicros < first.packet.timeMicros ? copy : first));
}

function withoutFinal(hop: Transaction, { observedUntilMicros }: Context, answer?: SipResponse): Found | undefined {
  const cancel = hop.cancel;
  const accepted = cancel?.finalResponse;
  if (hop.request === undefined || cancel === undefined || accepted === undefined) return undefined;
  return {
    verdict: "likely",
    cause: "no-487",
    response: accepted,
    evidence: [hop.request, cancel.first, accepted, ...(answer === undefined ? [] : [answer])],
    missing: [beside(hop.server)],
    values: {
      client: hop.client.text,
      origin: hop.server.text,
      statusCode: accepted.statusCode,
      seconds: answer === undefined ? secondsUntil(accepted, observedUntilMicros) : secondsBetween(accepted, answer),
      answered: answer === undefined ? "no" : "yes",
    },
  };
}

function crossed(root: Transaction, context: Context): Found | undefined {
  const answer = crossedAnswer(root);
  const cancel = root.cancel?.request;
  if (answer === undefined || cancel === undefined) return undefined;
  const bye = byeOf(root, answer, context);
  const watched = context.observedUntilMicros - answer.packet.timeMicros;
  const cut = bye === undefined && watched < timerB;
  return {
    verdict: microsBetween(cancel, firstSight(root, answer)) <= T1 ? "certain" : "likely",
    cause: "crossed-answer",
    response: answer,
    origin: context.originOf(root, answer),
    evidence: bye === undefined ? [cancel, answer] : [cancel, answer, bye],
    missing: cut ? [longer(Math.ceil((timerB - watched) / 1e6))] : [],
    values: {
      client: root.client.text,
      millis: millisBetween(cancel, answer),
      ended: cut ? "cut" : endedBy(root, bye),
    },
  };
}

/** The BYE in the dialog of the answer, from either side. */
function byeOf(root: Transaction, answer: SipResponse, { leg }: Context): SipRequest | undefined {
  const { fromTag } = root.first;
  const bye = leg.roots.find(
    ({ method, first }) =>
      method === "BYE" && (first.fromTag === fromTag || (first.fromTag === answer.toTag && first.toTag === fromTag)),
  );
  return bye?.request;
}

/** The side that had wanted to cancel, or the called one. */
function endedBy({ first }: Transaction, bye: SipRequest | undefined): "yes" | "callee" | "no" {
  if (bye === undefined) return "no";
  return bye.fromTag === first.fromTag ? "yes" : "callee";
}
