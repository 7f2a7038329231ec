import type { SipRequest } from "../message/message.ts";
import { encryptionOf } from "./compareOffer.ts";
import { sessionDescription } from "./sessionDescription.ts";

/** True where the second request offers other streams than the first: of another kind or profile, or protected in another way. RFC 3264 §5, §6 */
export function offersOtherwise(before: SipRequest, again: SipRequest): boolean {
  const [one, other] = [streamsOf(before), streamsOf(again)];
  return one !== "" && other !== "" && one !== other;
}

/** `""` where nothing is offered. */
function streamsOf(request: SipRequest): string {
  const media = sessionDescription(request)?.media ?? [];
  return media
    .filter(({ port }) => port !== 0)
    .map((each) => `${each.kind} ${each.protocol.toUpperCase()} ${encryptionOf(each)}`)
    .join(", ");
}
