import { REFUSED_OFFERS } from "../../call/pendingRetries.ts";
import type { SipRequest } from "../../message/message.ts";
import { offersOtherwise } from "../../sdp/offersOtherwise.ts";
import { decidingAttempt } from "../../call/call.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";
import { wasRetried } from "./retry.ts";

/** Later it is another change: the end of a hold, or the refresh of a session. */
const AT_ONCE_MICROS = 2_000_000;

/**
 * True where the client offered something else at once, and that was not refused as an offer too: encryption if the other side has it, fax as T.38 if it
 * has that. What became of the last offer is what counts.
 */
export function offeredOtherwise(root: Transaction, context: Context): boolean {
  const { request, finalResponse } = root;
  if (request === undefined || finalResponse === undefined || !isRefused(root)) return false;
  const refusedMicros = finalResponse.packet.timeMicros;
  const isOther = (again: SipRequest): boolean =>
    again.packet.timeMicros - refusedMicros <= AT_ONCE_MICROS &&
    offersOtherwise(request, again) &&
    isTaken(again, context);
  return wasRetried(root, context, isOther) || wasOfferedAnew(root, context);
}

function isTaken(again: SipRequest, { leg }: Context): boolean {
  const attempt = leg.roots.find((root) => root.request === again);
  return attempt !== undefined && !isRefused(attempt);
}

/** Under another Call-ID. */
function wasOfferedAnew({ first }: Transaction, { call }: Context): boolean {
  const link = call.links.find(
    ({ kind, messages: [refusal] }) =>
      kind === "other-offer" && refusal.callId === first.callId && refusal.cseqNumber === first.cseqNumber,
  );
  const leg = link && call.legs.find(({ callId }) => callId === link.callIds[1]);
  const attempt = leg && decidingAttempt(leg, "call");
  return attempt !== undefined && !isRefused(attempt);
}

function isRefused({ finalResponse }: Transaction): boolean {
  return REFUSED_OFFERS.has(finalResponse?.statusCode ?? 0);
}
