import type { SipRequest } from "../../message/message.ts";
import { timerB } from "../../transaction/timers.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Draft, Rule } from "../rule.ts";
import { beside, millisBetween, secondsUntil } from "../wording.ts";
import { crossedAnswer } from "./crossedAnswer.ts";

type Found = Draft<"cancel-ignored">;

/** A CANCEL was accepted and the INVITE got no final answer, or was answered after all. RFC 3261 §9.1, §9.2 */
export const cancelIgnored: Rule<"transaction", "cancel-ignored"> = {
  id: "cancel-ignored",
  inspects: "transaction",
  citations: ["RFC 3261 §9.1", "RFC 3261 §9.2"],
  check(root, context) {
    if (root.method !== "INVITE" || root.request === undefined) return undefined;
    const owing = owesFinal(root, context);
    if (owing !== undefined) return withoutFinal(owing, context);
    return root.cancel === undefined ? undefined : crossed(root, context);
  },
};

/** The hop furthest down whose INVITE got no final response although its CANCEL was accepted 64*T1 ago. Guard G1. */
export function owesFinal(root: Transaction, { observedUntilMicros }: Context): Transaction | undefined {
  return hops(root).findLast((hop) => {
    const accepted = hop.cancel?.finalResponse;
    if (accepted === undefined || accepted.statusCode >= 300 || hop.finalResponse !== undefined) return false;
    return observedUntilMicros - accepted.packet.timeMicros >= timerB;
  });
}

function withoutFinal(hop: Transaction, { observedUntilMicros }: Context): Found | undefined {
  const cancel = hop.cancel;
  const accepted = cancel?.finalResponse;
  if (hop.request === undefined || cancel === undefined || accepted === undefined) return undefined;
  return {
    verdict: "likely",
    cause: "no-487",
    response: accepted,
    evidence: [hop.request, cancel.first, accepted],
    missing: [beside(hop.server)],
    values: {
      client: hop.client.text,
      origin: hop.server.text,
      statusCode: accepted.statusCode,
      seconds: secondsUntil(accepted, observedUntilMicros),
    },
  };
}

function crossed(root: Transaction, context: Context): Found | undefined {
  const answer = crossedAnswer(root);
  const cancel = root.cancel?.request;
  if (answer === undefined || cancel === undefined) return undefined;
  const bye = byeOf(root, context);
  return {
    verdict: "certain",
    cause: "crossed-answer",
    response: answer,
    origin: context.originOf(root, answer),
    evidence: bye === undefined ? [cancel, answer] : [cancel, answer, bye],
    values: {
      client: root.client.text,
      millis: millisBetween(cancel, answer),
      ended: bye === undefined ? "no" : "yes",
    },
  };
}

/** The BYE of the side that had wanted to cancel. */
function byeOf(root: Transaction, { leg }: Context): SipRequest | undefined {
  const bye = leg.roots.find(({ method, first }) => method === "BYE" && first.fromTag === root.first.fromTag);
  return bye?.request;
}
