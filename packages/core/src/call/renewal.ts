import { contact } from "../message/contact.ts";
import { expirationSeconds } from "../message/expirationSeconds.ts";
import type { SipMessage } from "../message/message.ts";
import { isSuccess } from "../transaction/transaction.ts";

/** A request that comes sooner after the last answer may be sent again: T2 apart at most, and one may be lost. RFC 3261 §17.1.2.2 */
const SENDINGS_APART_MICROS = 8_000_000;

/**
 * True where a request at this time comes after a success, `last`, and before what that has granted ran out: all up to there can be judged without it.
 * RFC 3261 §10.2.4, §10.3, RFC 6665 §4.1.2.2
 */
export function isRenewedInTime(last: SipMessage, timeMicros: number): boolean {
  if (last.kind !== "response" || !isSuccess(last)) return false;
  const micros = timeMicros - last.packet.timeMicros;
  const bindings = last.all(contact);
  const granted =
    bindings.length === 0 ? [expirationSeconds(last)] : bindings.map((binding) => expirationSeconds(last, binding));
  return micros > SENDINGS_APART_MICROS && granted.every((seconds) => seconds === undefined || micros < seconds * 1e6);
}
