import type { SipMessage } from "./message.ts";
import { reason } from "./reason.ts";

/** What the older channel driver of Asterisk writes, with or without a Reason. */
export const ASTERISK_CAUSE = "X-Asterisk-HangupCauseCode";

/** The Q.850 cause of a Reason header field, or where there is none what Asterisk gives as its own. RFC 3326 §2, RFC 6432 §3 */
export function q850CauseOf(message: SipMessage): number | undefined {
  return message.has(reason) ? reasonCauseOf(message) : asteriskCauseOf(message);
}

/** The Q.850 cause of a Reason header field. */
export function reasonCauseOf(message: SipMessage): number | undefined {
  return message.all(reason).find(({ protocol }) => protocol.toUpperCase() === "Q.850")?.cause;
}

/** 0 says that none is known. */
function asteriskCauseOf(message: SipMessage): number | undefined {
  const [code = ""] = message.values(ASTERISK_CAUSE);
  return /^\d{1,3}$/u.test(code) && Number(code) > 0 ? Number(code) : undefined;
}
