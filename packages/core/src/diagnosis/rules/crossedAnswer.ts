import type { SipResponse } from "../../message/message.ts";
import { isSuccess, type Transaction } from "../../transaction/transaction.ts";

/** The 2xx to an INVITE that came after the client had sent its CANCEL on this hop. RFC 3261 §9.1 */
export function crossedAnswer(invite: Transaction): SipResponse | undefined {
  const cancel = invite.cancel?.request;
  if (cancel === undefined) return undefined;
  const success = invite.responses.find(isSuccess);
  return success !== undefined && success.packet.timeMicros >= cancel.packet.timeMicros ? success : undefined;
}
