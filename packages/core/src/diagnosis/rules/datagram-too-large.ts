import type { SipRequest } from "../../message/message.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { answerOf } from "../answer.ts";
import { firstHopWith } from "../firstHopWith.ts";
import type { Context, Draft, Evidence, Missing, Rule } from "../rule.ts";
import { beside, longer, whoKnows } from "../missing.ts";
import { LARGEST_OVER_UDP_BYTES, type OversizedRequest, oversizedRequest, type Shown } from "./oversizedRequest.ts";
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
  const bytes = asked.packet.end - asked.packet.start;
  const isSmall = bytes <= LARGEST_OVER_UDP_BYTES;
  const ofItsLeg = ({ callId, fromTag }: SipRequest): boolean => callId === asked.callId && fromTag === asked.fromTag;
  return {
    // What is as small as that every element takes. RFC 3261 §18.1.1
    verdict: isSmall ? "indeterminate" : "certain",
    cause: "refused",
    response,
    origin,
    evidence: [asked, minted],
    missing: isSmall ? [whoKnows(origin, asked.callId)] : [],
    citations: ["RFC 3261 §21.5.7"],
    values: {
      client: (firstHopWith(root, answer, context, ofItsLeg) ?? root).client.text,
      origin: origin.endpoint.text,
      method: root.method,
      bytes,
      small: isSmall ? "yes" : "no",
    },
  };
}

function lost({ hop, bytes, fragmented, shown }: OversizedRequest, context: Context): Draft<"datagram-too-large"> {
  const { expired, watchedMicros } = watchOf(hop, context);
  const isProven = shown.by === "icmp" && shown.proven;
  const isLikely = shown.by === "icmp" || (expired && (shown.by !== "lost" || shown.isServerUp));
  return {
    verdict: isProven ? "certain" : isLikely ? "likely" : "indeterminate",
    cause: "fragments-lost",
    element: hop.server,
    evidence: [...hop.requests, ...evidenceOf(shown)],
    missing: isProven
      ? []
      : isLikely || expired
        ? missingOf(hop, shown)
        : [longer(Math.ceil((timerB - watchedMicros) / 1e6))],
    values: {
      client: hop.client.text,
      server: hop.server.text,
      method: hop.method,
      bytes,
      shown: shown.by,
      answered: shown.by === "answered" ? shown.bytes : 0,
      answeredMethod: shown.by === "meanwhile" ? shown.response.method : "",
      fragmented: fragmented ? "yes" : "no",
      reporter: shown.by === "icmp" ? shown.event.reporter : "",
    },
  };
}

function evidenceOf(shown: Shown): Evidence[] {
  if (shown.by === "icmp") return [shown.event];
  if (shown.by === "answered") return [shown.transaction.first, shown.transaction.responses[0]];
  return shown.by === "meanwhile" ? [shown.response] : [];
}

/** A filter on ports leaves out all fragments but the first. */
function missingOf({ server }: Transaction, { by }: Shown): Missing[] {
  return by === "lost" ? [{ kind: "whole-messages", values: {} }, beside(server)] : [beside(server)];
}
