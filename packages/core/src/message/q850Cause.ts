import type { SipMessage } from "./message.ts";
import { reason } from "./reason.ts";

/** The Q.850 cause of a Reason header field. RFC 3326 §2, RFC 6432 §3 */
export function q850CauseOf(message: SipMessage): number | undefined {
  return message.all(reason).find(({ protocol }) => protocol.toUpperCase() === "Q.850")?.cause;
}
