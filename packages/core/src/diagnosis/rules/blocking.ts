import type { SipResponse } from "../../message/message.ts";
import { reason } from "../../message/reason.ts";

/**
 * True for a 603 with the marks that US carriers use when analytics blocked the call: the phrase `Network Blocked`, or a
 * Reason text that says so. Field practice (603+), no RFC.
 */
export function blockedByNetwork(response: SipResponse): boolean {
  if (response.reasonPhrase.toLowerCase().includes("network blocked")) return true;
  return response.all(reason).some(({ text }) => text !== undefined && text.toLowerCase().includes("blocked"));
}
