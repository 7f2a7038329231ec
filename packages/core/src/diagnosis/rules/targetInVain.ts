import { contact } from "../../message/contact.ts";
import { namesServers } from "../../message/redirect.ts";
import { parseUri } from "../../message/uri.ts";
import { firstHop, hops, type Transaction } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";
import type { Context } from "../rule.ts";
import { isActedOn } from "./actedOn.ts";
import { isSameTarget } from "./sameTarget.ts";

/**
 * Where an element on the way had asked every target of this redirect itself, before it passed the redirect on: its client need not go there, and what ended the
 * attempt is the last answer there. Not where the client goes there all the same.
 */
export function targetInVain({ minted, lastHop, response }: Answer, { call }: Context): Transaction | undefined {
  const targets = minted.all(contact).flatMap(({ uri }) => parseUri(uri) ?? []);
  if (targets.length === 0 || namesServers(minted)) return undefined;
  const root = firstHop(lastHop);
  const all = hops(root);
  const asks = ({ request }: Transaction, target: (typeof targets)[number]): boolean => {
    const uri = request && parseUri(request.requestUri);
    return uri !== undefined && isSameTarget(uri, target);
  };
  const sentMicros = response.packet.timeMicros;
  const asked = all.filter(
    (hop) =>
      hop !== root &&
      hop !== lastHop &&
      hop.first.packet.timeMicros <= sentMicros &&
      targets.some((target) => asks(hop, target)),
  );
  if (!targets.every((target) => asked.some((hop) => asks(hop, target)))) return undefined;
  const isFollowed = call.legs.some(({ roots }) =>
    roots.some(
      ({ method, request, client, first }) =>
        method === root.method &&
        request?.toTag === "" &&
        client.address === root.client.address &&
        first.packet.timeMicros >= sentMicros,
    ),
  );
  // Of a request that went through several proxies, the hop on which it reached the target.
  const last = asked.findLast((hop) => hop.downstream.length === 0 && !isActedOn(hop, all));
  return isFollowed ? undefined : last;
}
