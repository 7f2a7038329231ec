import type { Call } from "../../call/call.ts";
import { isSameUser } from "../../call/sameUser.ts";
import { contact } from "../../message/contact.ts";
import type { SipRequest } from "../../message/message.ts";
import { namesServers, REDIRECTS } from "../../message/redirect.ts";
import { parseUri, type Uri, userWithoutParameters } from "../../message/uri.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { isSameTarget } from "./sameTarget.ts";

/** The hop, as near to its source as is in view, whose redirect had named this target. RFC 3261 §8.1.3.4 */
export function redirectTo({ requestUri, toTag, packet }: SipRequest, { legs }: Call): Transaction | undefined {
  const asked = parseUri(requestUri);
  if (asked === undefined || toTag !== "") return undefined;
  return legs
    .flatMap(({ transactions }) => transactions)
    .findLast(({ request, finalResponse }) => {
      if (request === undefined || finalResponse === undefined || !REDIRECTS.has(finalResponse.statusCode))
        return false;
      if (namesServers(finalResponse) || finalResponse.packet.timeMicros > packet.timeMicros) return false;
      return finalResponse.all(contact).some(({ uri }) => leadsTo(uri, asked, parseUri(request.requestUri)));
    });
}

/** To another user also by way of the client's own server. */
function leadsTo(target: string, asked: Uri, before: Uri | undefined): boolean {
  const uri = parseUri(target);
  if (uri === undefined) return false;
  const [user, old] = [uri, before].map((each) => (each === undefined ? "" : userWithoutParameters(each)));
  return isSameTarget(uri, asked) || (!isSameUser(user, old) && isSameUser(user, userWithoutParameters(asked)));
}
