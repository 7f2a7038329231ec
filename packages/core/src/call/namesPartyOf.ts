import { diversion } from "../message/diversion.ts";
import { historyInfo } from "../message/historyInfo.ts";
import type { SipRequest } from "../message/message.ts";
import { pAssertedIdentity } from "../message/pAssertedIdentity.ts";
import { parseUri } from "../message/uri.ts";
import { legFeatures, namesNobody } from "./legFeatures.ts";
import { isSameUser } from "./sameUser.ts";

/** True where the INVITE names the caller of the other one as its own, or tells that it was diverted from whom that one called: an extension will do. */
export function namesPartyOf(invite: SipRequest, other: SipRequest): boolean {
  const { caller, callee, wanted } = legFeatures(other);
  const isCaller = share([legFeatures(invite).caller, ...assertedBy(invite)], [caller, ...assertedBy(other)]);
  return isCaller || share(divertedBy(invite), [callee, wanted]);
}

function share(names: readonly string[], others: readonly string[]): boolean {
  return names.some((name) => others.some((other) => isSameUser(name, other)));
}

function assertedBy(invite: SipRequest): string[] {
  return invite.all(pAssertedIdentity).map(({ uri }) => userIn(uri));
}

/** RFC 5806, RFC 7044 */
function divertedBy(invite: SipRequest): string[] {
  return [...invite.all(diversion), ...invite.all(historyInfo)].map(({ uri }) => userIn(uri));
}

/** `""` where it names nobody. */
function userIn(uri: string): string {
  return namesNobody(uri) ? "" : (parseUri(uri)?.user ?? "");
}
