import type { SipRequest } from "../../message/message.ts";
import { sessionDescription } from "../../sdp/sessionDescription.ts";

/** A request inside of a call that offers T.38, and nothing else: audio is to end with it. RFC 3264 §8 */
export function isChangeToFax(request: SipRequest): boolean {
  if (request.toTag === "" || !(request.method === "INVITE" || request.method === "UPDATE")) return false;
  const offered = (sessionDescription(request)?.media ?? []).filter(({ port }) => port !== 0);
  return offered.length > 0 && offered.every(({ kind, formats }) => kind === "image" && formats.some(isT38));
}

function isT38(format: string): boolean {
  return format.toLowerCase() === "t38";
}
