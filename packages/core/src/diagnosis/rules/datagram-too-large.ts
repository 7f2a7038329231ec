import type { SipRequest } from "../../message/message.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { answerOf } from "../answer.ts";
import { firstHopWith } from "../firstHopWith.ts";
import type { Context, Draft, Rule } from "../rule.ts";
import { beside, longer } from "../wording.ts";
import { type OversizedRequest, oversizedRequest } from "./oversizedRequest.ts";
import { watchOf } from "./silence.ts";

const TOO_LARGE: ReadonlySet<number> = new Set([513]);

/** A request that is too large: for UDP, whose fragments get lost, or for the element that refuses it. RFC 3261 §18.1.1, §21.5.7 */
export const datagramTooLarge: Rule<"transaction", "datagram-too-large"> = {
  id: "datagram-too-large",
  inspects: "transaction",
  citations: ["RFC 3261 §18.1.1"],
  check(root, context) {
    const final = root.finalResponse;
    if (final?.statusCode === 513) return refused(root, context);
    if (root.request === undefined || (final !== undefined && final.statusCode < 300)) return undefined;
    const oversized = oversizedRequest(root, context);
    return oversized && lost(oversized, context);
  },
};

function refused(root: Transaction, context: Context): Draft<"datagram-too-large"> | undefined {
  const answer = answerOf(root, TOO_LARGE, context);
  if (answer === undefined) return undefined;
  const { asked, response, minted, origin } = answer;
  const ofItsLeg = ({ callId, fromTag }: SipRequest): boolean => callId === asked.callId && fromTag === asked.fromTag;
  return {
    verdict: "certain",
    cause: "refused",
    response,
    origin,
    evidence: [asked, minted],
    citations: ["RFC 3261 §21.5.7"],
    values: {
      client: (firstHopWith(root, answer, context, ofItsLeg) ?? root).client.text,
      origin: origin.endpoint.text,
      method: root.method,
      bytes: asked.packet.end - asked.packet.start,
    },
  };
}

function lost(oversized: OversizedRequest, context: Context): Draft<"datagram-too-large"> {
  const { hop, bytes, answeredBytes, answered, event, proven, fragmented } = oversized;
  const { expired, watchedMicros } = watchOf(hop, context);
  const isLikely = expired || event !== undefined;
  return {
    verdict: proven ? "certain" : isLikely ? "likely" : "indeterminate",
    cause: "fragments-lost",
    element: hop.server,
    evidence: [
      ...hop.requests,
      ...(answered === undefined ? [] : [answered.first, answered.responses[0]]),
      ...(event ? [event] : []),
    ],
    missing: proven ? [] : isLikely ? [beside(hop.server)] : [longer(Math.ceil((timerB - watchedMicros) / 1e6))],
    values: {
      client: hop.client.text,
      server: hop.server.text,
      method: hop.method,
      bytes,
      answered: answeredBytes,
      fragmented: fragmented ? "yes" : "no",
      reporter: event?.reporter ?? "",
    },
  };
}
