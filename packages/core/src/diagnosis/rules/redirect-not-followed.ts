import { contact } from "../../message/contact.ts";
import { route } from "../../message/route.ts";
import { parseUri, type Uri, uriWithoutParameters, userWithoutParameters } from "../../message/uri.ts";
import { timerB } from "../../transaction/timers.ts";
import { isSuccess, type Transaction } from "../../transaction/transaction.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Context, Rule } from "../rule.ts";
import { listed, longer } from "../wording.ts";
import { unreachableFrom } from "./reachability.ts";

const REDIRECTS: ReadonlySet<number> = new Set([300, 301, 302, 305]);

/** A 3xx whose Contact nobody tries. RFC 3261 §8.1.3.4 */
export const redirectNotFollowed: Rule<"transaction", "redirect-not-followed"> = {
  id: "redirect-not-followed",
  inspects: "transaction",
  citations: ["RFC 3261 §8.1.3.4"],
  finalStatusCodes: REDIRECTS,
  check(root, context) {
    if (root.method !== "INVITE") return undefined;
    const answer = answerOf(root, REDIRECTS, context);
    if (answer === undefined) return undefined;
    const { asked, response, minted, origin, statusCode } = answer;
    const teller = minted.has(contact) ? minted : response;
    const contacts = teller.all(contact).map(({ uri }) => uri);
    // One that cannot be read is told as a malformed response.
    if (contacts.length === 0 && teller.has(contact)) return undefined;
    if (wasAnsweredAfter(answer, context) || isFollowed(root, answer, context)) return undefined;
    const watched = context.observedUntilMicros - response.packet.timeMicros;
    // A proxy that has answered its own client does not follow any more.
    const longEnough = watched >= timerB || root.upstream?.finalResponse !== undefined;
    const callee = uriWithoutParameters(asked.requestUri);
    const [first = ""] = contacts;
    const target = uriWithoutParameters(first);
    const cause = causeOf(root, contacts, context);
    const isSure = cause === "no-target" || longEnough;
    return {
      verdict: cause === "no-target" ? "certain" : longEnough ? "likely" : "indeterminate",
      cause,
      response,
      origin,
      evidence: [asked, minted, ...(first === "" ? [] : [{ message: teller, field: contact }])],
      missing: isSure ? [] : [longer(Math.ceil((timerB - watched) / 1e6))],
      values: {
        origin: origin.endpoint.text,
        callee,
        contact: contacts.length > 1 ? listed(contacts.slice(0, MOST_NAMED)) : target === callee ? first : target,
        client: root.client.text,
        statusCode,
      },
    };
  },
};

/** A server may name any number of targets. */
const MOST_NAMED = 4;

/** Somebody answered the call all the same, on whichever leg: then nobody misses the target. */
function wasAnsweredAfter({ minted }: Answer, { call }: Context): boolean {
  return call.legs.some(({ transactions }) =>
    transactions.some(
      ({ method, request, responses }) =>
        method === "INVITE" &&
        (request?.toTag ?? "") === "" &&
        responses.some((each) => isSuccess(each) && each.packet.timeMicros >= minted.packet.timeMicros),
    ),
  );
}

/** An INVITE of this call goes to a target, whoever sends it; or one of those who were told sends one to its user or to its host. */
function isFollowed(root: Transaction, answer: Answer, { call }: Context): boolean {
  const { response, minted, lastHop, asked } = answer;
  const targets = [...minted.all(contact), ...response.all(contact)].flatMap(({ uri }) => parseUri(uri) ?? []);
  const told = new Set([root.client.address, lastHop.client.address]);
  const before = parseUri(asked.requestUri);
  const reaches = ({ request, client, server }: Transaction, target: Uri): boolean => {
    const uri = request && parseUri(request.requestUri);
    if (request === undefined || uri === undefined) return false;
    const next = parseUri(request.first(route)?.uri ?? "");
    if (isSameTarget(uri, target) || (next !== undefined && isSameTarget(next, target))) return true;
    if (!told.has(client.address)) return false;
    const isOther = server.address !== lastHop.server.address;
    const isMoved = isOther || before === undefined || !isSameTarget(uri, before);
    const user = userWithoutParameters(uri);
    return (
      (isOther && server.address === target.host) || (isMoved && user !== "" && user === userWithoutParameters(target))
    );
  };
  return call.legs.some(({ transactions }) =>
    transactions.some(
      (each) =>
        each.method === "INVITE" &&
        each.first.packet.timeMicros >= minted.packet.timeMicros &&
        targets.some((target) => reaches(each, target)),
    ),
  );
}

/** Scheme, user, host and port; parameters may change on the way. RFC 3261 §19.1.4 */
function isSameTarget(one: Uri, other: Uri): boolean {
  return (
    one.scheme === other.scheme &&
    userWithoutParameters(one) === userWithoutParameters(other) &&
    one.host === other.host &&
    portOf(one) === portOf(other)
  );
}

function portOf({ scheme, port }: Uri): number {
  return port ?? (scheme === "sips" ? 5061 : 5060);
}

function causeOf(
  root: Transaction,
  contacts: readonly string[],
  { leg }: Context,
): "no-target" | "loop" | "contact-unroutable" | "not-tried" {
  if (contacts.length === 0) return "no-target";
  const before = leg.transactions.filter(({ index, method }) => method === "INVITE" && index <= root.index);
  const asked = new Set(before.map(({ request }) => placeOf(request?.requestUri ?? "")));
  if (contacts.every((uri) => asked.has(placeOf(uri)))) return "loop";
  const unroutable = contacts.every((uri) => unreachableFrom(uri, root.client.address));
  return unroutable ? "contact-unroutable" : "not-tried";
}

/** All that makes a URI lead elsewhere: also another transport, `maddr`, or what is added to the number. RFC 3261 §19.1.4 */
function placeOf(text: string): string {
  const uri = parseUri(text);
  if (uri === undefined) return text;
  const { scheme, user = "", host, params } = uri;
  return [scheme, user, host, portOf(uri), params.get("maddr"), params.get("transport")].join(" ").toLowerCase();
}
