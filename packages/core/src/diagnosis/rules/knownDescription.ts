import type { SipMessage, SipResponse } from "../../message/message.ts";
import { refusesAll } from "../../sdp/compareOffer.ts";
import { hasDescription, type SessionDescription, sessionDescription } from "../../sdp/sessionDescription.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";
import { calleeOf } from "../callee.ts";

/** What a side is known to be able to do, and the message that shows it. */
export interface KnownDescription {
  readonly message: SipMessage;
  readonly description: SessionDescription;
}

/** A session description, with a stream in use, of the side that refused an offer: in the same dialog, else in another call. */
export function knownDescription(
  root: Transaction,
  refusal: SipResponse,
  context: Context,
): KnownDescription | undefined {
  const message = inDialog(root, refusal, context) ?? context.descriptions.of(calleeOf(root));
  const description = message && sessionDescription(message);
  if (message === undefined || description === undefined || refusesAll(description)) return undefined;
  return { message, description };
}

function inDialog(root: Transaction, refusal: SipResponse, { leg }: Context): SipMessage | undefined {
  const own = root.request?.toTag ?? "";
  if (own === "") return undefined;
  return leg.messages.findLast(
    (message) =>
      message.packet.timeMicros < refusal.packet.timeMicros && message.senderTag === own && hasDescription(message),
  );
}
