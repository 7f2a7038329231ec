import type { SipResponse } from "./message.ts";

/** Answers after which the same is asked for elsewhere. A 380 leads to another service, and not to the one that was called. RFC 3261 §21.3 */
export const REDIRECTS: ReadonlySet<number> = new Set([300, 301, 302, 305]);

const USE_PROXY = 305;

/** True for a redirect whose targets are servers, by way of which the same user is asked for. RFC 3261 §10.2, §21.3.4 */
export function namesServers({ statusCode, cseqMethod }: SipResponse): boolean {
  return statusCode === USE_PROXY || cseqMethod === "REGISTER";
}
