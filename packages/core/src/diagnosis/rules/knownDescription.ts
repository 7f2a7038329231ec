import { contentType } from "../../message/contentType.ts";
import type { SipMessage, SipResponse } from "../../message/message.ts";
import { type OfferDifference, offerDifferences, refusesAll } from "../../sdp/compareOffer.ts";
import { type SessionDescription, sessionDescription } from "../../sdp/sessionDescription.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";
import { calleeOf } from "../wording.ts";

/** A message with a session description of the side that refused an offer: in the same dialog, else in another call. */
export function knownDescription(root: Transaction, refusal: SipResponse, context: Context): SipMessage | undefined {
  return inDialog(root, refusal, context) ?? context.descriptions.of(calleeOf(root));
}

/** What could explain the refusal; nothing where the other description cannot be read, or shows no stream in use. */
export function differencesTo(known: SipMessage, offer: SessionDescription): readonly OfferDifference[] {
  const capabilities = sessionDescription(known);
  return capabilities === undefined || refusesAll(capabilities) ? [] : offerDifferences(offer, capabilities);
}

function inDialog(root: Transaction, refusal: SipResponse, { leg }: Context): SipMessage | undefined {
  const own = root.request?.toTag ?? "";
  if (own === "") return undefined;
  return leg.messages.findLast(
    (message) =>
      message.packet.timeMicros < refusal.packet.timeMicros &&
      (message.kind === "request" ? message.fromTag : message.toTag) === own &&
      message.has(contentType),
  );
}
