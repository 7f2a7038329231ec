import type { Call } from "../../call/call.ts";
import type { Leg } from "../../call/leg.ts";
import { isSameUser } from "../../call/sameUser.ts";
import { contact } from "../../message/contact.ts";
import type { SipResponse } from "../../message/message.ts";
import { namesServers, REDIRECTS } from "../../message/redirect.ts";
import { route } from "../../message/route.ts";
import { parseUri, type Uri, uriWithoutParameters, userWithoutParameters } from "../../message/uri.ts";
import { isAddress } from "../../network/ipAddress.ts";
import { timerB } from "../../transaction/timers.ts";
import { hops, isSuccess, type Transaction } from "../../transaction/transaction.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Context, Rule } from "../rule.ts";
import { calleeIn } from "../callee.ts";
import { secondsUntil } from "../elapsed.ts";
import { beside, logOf, longer } from "../missing.ts";
import { listed } from "../wording.ts";
import { misdeliveryOf } from "./misdelivery.ts";
import { unreachableFrom } from "./reachability.ts";
import { wasRegisteredLater } from "./retry.ts";
import { isSameTarget, portOf } from "./sameTarget.ts";

/**
 * A 3xx whose Contact nobody tries. An OPTIONS is answered as a call would be, and asks for no more; inside of a dialog nobody knows what a redirect means.
 * RFC 3261 §8.1.3.4, §11.2, RFC 5057 §5.1
 */
export const redirectNotFollowed: Rule<"transaction", "redirect-not-followed"> = {
  id: "redirect-not-followed",
  inspects: "transaction",
  citations: ["RFC 3261 §8.1.3.4"],
  restsOnOtherCalls: ["not-tried"],
  finalStatusCodes: REDIRECTS,
  check(root, context) {
    if (root.method === "OPTIONS" || root.request?.toTag !== "") return undefined;
    const answer = answerOf(root, REDIRECTS, context);
    if (answer === undefined) return undefined;
    const { asked, response, minted, origin, statusCode } = answer;
    const teller = minted.has(contact) ? minted : response;
    const contacts = teller.all(contact).map(({ uri }) => uri);
    // One that cannot be read is told as a malformed response, and one that was not captured is not known.
    if (contacts.length === 0 && (teller.headerCut || teller.has(contact))) return undefined;
    if (succeededAfter(root, answer, context) || isFollowed(root, answer, context)) return undefined;
    // Who never got it could not follow it.
    if (misdeliveryOf(root, context.leg) !== undefined) return undefined;
    const watched = context.observedUntilMicros - response.packet.timeMicros;
    // A proxy that has answered its own client does not follow any more.
    const longEnough = watched >= timerB || root.upstream?.finalResponse !== undefined;
    const callee = calleeIn(asked);
    const [first = ""] = contacts;
    const target = uriWithoutParameters(first);
    const cause = causeOf(root, contacts, minted, context);
    const dialledMicros = cause === "not-tried" ? context.dialledAfter(root.first.callId) : undefined;
    // Where it leads had been asked before, whatever comes next.
    const isSure = cause === "no-target" || cause === "loop" || longEnough;
    // Beside a server that redirects, nobody sees what its clients do then.
    const seenElsewhere = cause === "not-tried" ? [beside(root.client)] : [];
    // Somebody may have read the target and dialled it, or the phone asked first.
    const isOpen = !isSure || leadsBack(contacts, root) || dialledMicros !== undefined;
    const elsewhere = dialledMicros === undefined ? seenElsewhere : [logOf(root.client, root.first.callId)];
    return {
      verdict: cause === "no-target" ? "certain" : isOpen ? "indeterminate" : "likely",
      cause,
      response,
      origin,
      evidence: [asked, minted, ...(first === "" ? [] : [{ message: teller, field: contact }])],
      missing: isSure || dialledMicros !== undefined ? elsewhere : [longer(Math.ceil((timerB - watched) / 1e6))],
      values: {
        origin: origin.endpoint.text,
        method: root.method,
        callee,
        contact: contacts.length > 1 ? listed(contacts.slice(0, MOST_NAMED)) : target === callee ? first : target,
        client: root.client.text,
        statusCode,
        name: unknownName(first, answer, context),
        tried: hasGivenUp(root) ? "yes" : "no",
        dialled: dialledMicros === undefined ? "none" : secondsUntil(response, dialledMicros),
      },
    };
  },
};

/** Who answers its own client with an error had most likely tried to follow. */
function hasGivenUp({ upstream }: Transaction): boolean {
  return (upstream?.finalResponse?.statusCode ?? 0) >= 400;
}

/** The name in a target that nobody has used before in this call: who cannot resolve it does not go there either. */
function unknownName(target: string, { asked, request }: Answer, { call }: Context): string {
  const host = parseUri(target)?.host ?? "";
  if (host === "" || isAddress(host)) return "none";
  const known = [asked, request, ...call.legs.flatMap(({ messages }) => messages)];
  const isKnown = known.some((message) => message.kind === "request" && parseUri(message.requestUri)?.host === host);
  return isKnown ? "none" : host;
}

/** A server may name any number of targets. */
const MOST_NAMED = 4;

/** The target is at who was told of it, such as the PBX of a phone: what it does then, it need not send to anybody. */
function leadsBack(contacts: readonly string[], root: Transaction): boolean {
  const told = hops(root).map(({ client }) => client.address);
  return contacts.some((uri) => told.includes(parseUri(uri)?.host ?? ""));
}

/** Somebody took it all the same, on whichever leg: then nobody misses the target. */
function succeededAfter(root: Transaction, { minted }: Answer, context: Context): boolean {
  if (wasRegisteredLater(root, context)) return true;
  return context.call.legs.some(({ transactions }) =>
    transactions.some(
      ({ method, request, responses }) =>
        method === root.method &&
        (request?.toTag ?? "") === "" &&
        responses.some((each) => isSuccess(each) && each.packet.timeMicros >= minted.packet.timeMicros),
    ),
  );
}

/** A request of this call goes to a target, whoever sends it; or one of those who were told sends one to its user, to its host or by way of it. */
function isFollowed(root: Transaction, answer: Answer, { call }: Context): boolean {
  const { response, minted, lastHop, asked } = answer;
  const targets = [...minted.all(contact), ...response.all(contact)].flatMap(({ uri }) => parseUri(uri) ?? []);
  const told = new Set([root.client.address, lastHop.client.address]);
  const before = parseUri(asked.requestUri);
  const asking = hops(root);
  const areServers = namesServers(minted);
  const reaches = ({ request, client, server }: Transaction, target: Uri): boolean => {
    const uri = request && parseUri(request.requestUri);
    if (request === undefined || uri === undefined) return false;
    const next = parseUri(request.first(route)?.uri ?? "");
    if (isSameTarget(uri, target) || (next !== undefined && isSameTarget(next, target))) return true;
    if (!told.has(client.address)) return false;
    const isOther = !asking.some((hop) => hop.client.host === client.host && hop.server.host === server.host);
    if (areServers && (isOther ? !isAddress(target.host) : uri.host === target.host && uri.host !== before?.host))
      return true;
    const isMoved = isOther || before === undefined || !isSameTarget(uri, before);
    const isAskedFor = isMoved && isSameUser(userWithoutParameters(uri), userWithoutParameters(target));
    return isAskedFor || (isOther && server.address === target.host);
  };
  return call.legs.some(({ transactions }) =>
    transactions.some(
      (each) =>
        each.method === root.method &&
        each.first.packet.timeMicros >= minted.packet.timeMicros &&
        targets.some((target) => reaches(each, target)),
    ),
  );
}

function causeOf(
  root: Transaction,
  contacts: readonly string[],
  { packet }: SipResponse,
  { call, leg }: Context,
): "no-target" | "loop" | "contact-unroutable" | "not-tried" {
  if (contacts.length === 0) return "no-target";
  const isBefore = ({ method, first }: Transaction): boolean =>
    method === root.method && first.packet.timeMicros <= packet.timeMicros;
  const before = redirectedLegs(leg, call).flatMap(({ transactions }) => transactions.filter(isBefore));
  const asked = new Set(before.map(({ method, request }) => placeOf(request?.requestUri ?? "", method)));
  if (contacts.every((uri) => asked.has(placeOf(uri, root.method)))) return "loop";
  const unroutable = contacts.every((uri) => unreachableFrom(uri, root.client.address));
  return unroutable ? "contact-unroutable" : "not-tried";
}

/** The leg, and those whose redirects it followed. */
function redirectedLegs(leg: Leg, { legs, links }: Call): Leg[] {
  const found = [leg];
  for (const { callId } of found) {
    const link = links.find(({ kind, callIds }) => kind === "redirect" && callIds[1] === callId);
    const before = legs.find((each) => each.callId === link?.callIds[0]);
    if (before !== undefined && !found.includes(before)) found.push(before);
  }
  return found;
}

/** All that makes a URI lead elsewhere: also another transport, `maddr`, or what is added to the number. A registrar has no user. RFC 3261 §19.1.4, §10.2 */
function placeOf(text: string, method: string): string {
  const uri = parseUri(text);
  if (uri === undefined) return text;
  const { scheme, host, params } = uri;
  const user = method === "REGISTER" ? "" : uri.user;
  return [scheme, user, host, portOf(uri), params.get("maddr"), params.get("transport")].join(" ").toLowerCase();
}
