import type { Call } from "../../call/call.ts";
import type { Leg } from "../../call/leg.ts";
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
    .flatMap(redirectsOf)
    .findLast(
      ({ request, finalResponse }) =>
        finalResponse!.packet.timeMicros <= packet.timeMicros &&
        finalResponse!.all(contact).some(({ uri }) => leadsTo(uri, asked, parseUri(request!.requestUri))),
    );
}

const known: WeakMap<Leg, readonly Transaction[]> = new WeakMap();

/** Found once for a leg: each of its requests asks. */
function redirectsOf(leg: Leg): readonly Transaction[] {
  let found = known.get(leg);
  if (found === undefined) known.set(leg, (found = leg.transactions.filter(namesTargets)));
  return found;
}

function namesTargets({ request, finalResponse }: Transaction): boolean {
  return (
    request !== undefined &&
    finalResponse !== undefined &&
    REDIRECTS.has(finalResponse.statusCode) &&
    !namesServers(finalResponse)
  );
}

/** To another user also by way of the client's own server. */
function leadsTo(target: string, asked: Uri, before: Uri | undefined): boolean {
  const uri = parseUri(target);
  if (uri === undefined) return false;
  const [user, old] = [uri, before].map((each) => (each === undefined ? "" : userWithoutParameters(each)));
  return isSameTarget(uri, asked) || (!isSameUser(user, old) && isSameUser(user, userWithoutParameters(asked)));
}
