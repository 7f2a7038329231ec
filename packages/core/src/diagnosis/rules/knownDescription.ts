import type { SipMessage } from "../../message/message.ts";
import { refusesAll } from "../../sdp/compareOffer.ts";
import { hasDescription, type SessionDescription, sessionDescription } from "../../sdp/sessionDescription.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import type { RefusedOffer } from "./refusedOffer.ts";

/** What a side is known to be able to do, and the message that shows it. */
export interface KnownDescription {
  readonly message: SipMessage;
  readonly description: SessionDescription;
}

/** A session description, with a stream in use, of the side that refused an offer: in the same dialog, else in another call. */
export function knownDescription(
  root: Transaction,
  refused: RefusedOffer,
  context: Context,
): KnownDescription | undefined {
  const message = inDialog(refused, context) ?? context.descriptions.of(calleeOf(root));
  const description = message && sessionDescription(message);
  if (message === undefined || description === undefined || refusesAll(description)) return undefined;
  return { message, description };
}

/** As it sent it itself: a relay in between may have made another one of it. */
function inDialog({ asked, minted }: RefusedOffer, { call }: Context): SipMessage | undefined {
  const own = asked.toTag;
  if (own === "") return undefined;
  const { source, timeMicros } = minted.packet;
  return call.legs
    .filter(({ callId }) => callId === asked.callId)
    .flatMap(({ messages }) => messages)
    .findLast(
      (message) =>
        message.packet.timeMicros < timeMicros &&
        message.packet.source.host === source.host &&
        message.senderTag === own &&
        hasDescription(message),
    );
}
