import { contact } from "../message/contact.ts";
import type { SipResponse } from "../message/message.ts";
import { recordRoute } from "../message/recordRoute.ts";
import { parseUri } from "../message/uri.ts";
import type { Endpoint } from "../network/packet.ts";
import { sentWithin } from "../transaction/sentWithin.ts";
import { T1, timerB } from "../transaction/timers.ts";
import type { Transaction } from "../transaction/transaction.ts";
import type { Call, LinkKind } from "./call.ts";
import { frameName } from "./frameName.ts";
import { isKnownPhone, phraseTagOf, productByToTag, productOf, recognizedProduct } from "./products.ts";

/** Who minted a response. */
export interface Origin {
  readonly endpoint: Endpoint;
  /** True when something behind it that is not in the capture may have minted it. */
  readonly orBehind: boolean;
  /** As the element names itself, or as the shape of its answer shows: untrusted. */
  readonly product?: string;
  /** How we know, strongest first. */
  readonly basis: readonly Basis[];
  /** The transaction on which the answer was seen nearest to its source, of this leg or of another one, and the answer as it was there. */
  readonly lastHop: Transaction;
  readonly minted: SipResponse;
}

/** One reason; its sentence is `basis.<kind>` in ui.json. */
export interface Basis {
  readonly kind: BasisKind;
  readonly values: Readonly<Record<string, string | number>>;
}

export type BasisKind =
  | "followed-downstream" // the same response is seen on hops further down
  | "followed-leg" // the same answer is seen on the other leg of a B2BUA
  | "joined-by-number" // that these legs are one call, a number says that they have in common, and nothing else
  | "joined-by-ringing" // the caller and the times of several that were called at once
  | "joined-by-answers" // the same of the answers to both
  | "nothing-came-back" // it had forwarded the request and no final response had come back
  | "answer-not-in-view" // it had forwarded the request, and the answer to that is not in the capture
  | "way-not-in-view" // the request went on from it, and what passed between it and the next element in view is not in the capture
  | "other-answer-came-back" // it had got another final response
  | "passed-on-as" // the element that had sent the request there made another answer of it
  | "passed-on-other" // it sent another answer, which may also have come from a branch that is not in view
  | "passed-on-instead" // the element that had sent the request there passed on what it had got from elsewhere
  | "forwards-elsewhere" // the capture shows what it forwards, and it did not forward this
  | "own-contact" // it is the UAS of this leg, which a B2BUA is too: its responses name it as Contact
  | "last-in-view" // nothing behind it is in the capture
  | "tag-shape" // its To tag is made as Kamailio and OpenSIPS make it for answers of their own
  | "phrase-tag" // its phrase ends in the tag that Kamailio and OpenSIPS put there for errors of their own
  | "names-itself" // Server or User-Agent
  | "answer-names" // the same, where something behind the element may have put it there
  | "side-inferred"; // the log does not name it

/** What is known beyond the transaction itself. */
export interface OriginSurroundings {
  readonly call: Pick<Call, "legs" | "links">;
  /** Addresses that the capture shows forwarding requests: what they do not forward, they answer themselves. */
  readonly forwarders: ReadonlySet<string>;
  /** How many captures there are, by which frames are named. */
  readonly captures: number;
}

/**
 * Follows a response downstream to the last hop at which it is seen, through B2BUAs by the linked legs. The element that sent it
 * there without having received it minted it, unless what is behind that element is not in the capture.
 */
export function originOf(root: Transaction, response: SipResponse, surroundings: OriginSurroundings): Origin {
  const basis: Basis[] = [];
  const path = followDown({ hop: root, seen: response });
  const { captures } = surroundings;
  const legs = new Set<Transaction>();
  let others: readonly Transaction[];
  for (;;) {
    const { hop: last, seen } = path[path.length - 1];
    others = otherLegs(last, surroundings.call);
    const beyond = latest(others.filter((leg) => answersAlike(leg, seen) && !legs.has(leg)));
    if (beyond === undefined) break;
    legs.add(beyond);
    const { callId, packet } = beyond.finalResponse!;
    const frame = frameName(packet, captures);
    basis.push({ kind: "followed-leg", values: { address: last.server.text, callId, frame } });
    path.push(...followDown({ hop: beyond, seen: beyond.finalResponse! }));
  }
  const { hop: last, seen } = path[path.length - 1];
  const hopsDown = path.length - 1 - basis.length;
  if (hopsDown > 0) basis.unshift(followed(hopsDown, last, frameName(seen.packet, captures)));
  const reason = whyHere(last, seen, others, surroundings);
  basis.push(reason, ...passedOnAs(root, captures));
  for (const kind of looseJoins([...legs, ...others], surroundings.call)) basis.push({ kind, values: {} });
  const product = productOf(seen);
  basis.push(...marksOf(seen, last.server.text, product));
  const isPhone = isKnownPhone(product);
  const orBehind =
    MAY_BE_BEHIND.has(reason.kind) ||
    (reason.kind === "own-contact" && !isPhone) ||
    // No phone forwards.
    (reason.kind === "forwards-elsewhere" && isPhone) ||
    (reason.kind === "nothing-came-back" && mayBePassedOn(seen, forwardedBefore(seen, last, others))) ||
    // Another branch may be out of view, unless the answer shows that it is of a server.
    (reason.kind === "other-answer-came-back" && !isOfServer(seen, product));
  if (product !== undefined) {
    basis.push({ kind: orBehind ? "answer-names" : "names-itself", values: { product } });
  }
  if (last.server.inferred === true) basis.push({ kind: "side-inferred", values: { address: last.server.text } });
  return {
    endpoint: last.server,
    orBehind,
    product: product ?? productByToTag(seen.toTag),
    basis,
    lastHop: last,
    minted: seen,
  };
}

/** Made as a proxy or B2BUA makes its own answers, or naming one. */
function isOfServer({ toTag, reasonPhrase }: SipResponse, product: string | undefined): boolean {
  const kind = recognizedProduct(product ?? "")?.kind;
  if (kind !== undefined && kind !== "phone") return true;
  return kind === undefined && (productByToTag(toTag) ?? phraseTagOf(reasonPhrase)) !== undefined;
}

const MAY_BE_BEHIND: ReadonlySet<BasisKind> = new Set<BasisKind>([
  "last-in-view",
  "answer-not-in-view",
  "way-not-in-view",
]);

/** A response as it was on one hop. */
interface Sight {
  readonly hop: Transaction;
  readonly seen: SipResponse;
}

/** What the element made of it that had sent the request to here. */
function passedOnAs(hop: Transaction, captures: number): Basis[] {
  const { upstream, finalResponse } = hop;
  const made = upstream?.finalResponse;
  if (made === undefined || finalResponse === undefined || made.statusCode === finalResponse.statusCode) return [];
  const { statusCode, packet } = made;
  const isOfOther = upstream?.downstream.some((other) => other !== hop && sameResponse(other, made) !== undefined);
  const isOwn = isOfServer(made, productOf(made));
  return [
    {
      kind: isOfOther === true ? "passed-on-instead" : isOwn ? "passed-on-as" : "passed-on-other",
      values: { address: packet.source.text, statusCode, frame: frameName(packet, captures) },
    },
  ];
}

/** The hop and those below it that carry the same response, the last one nearest to its source. */
function followDown(first: Sight): Sight[] {
  const path = [first];
  for (;;) {
    const { hop, seen } = path[path.length - 1];
    const next = hop.downstream
      .map((below) => ({ hop: below, seen: sameResponse(below, seen) ?? behindHidden(hop, below, seen) }))
      .find((sight): sight is Sight => sight.seen !== undefined);
    if (next === undefined || path.some((sight) => sight.hop === next.hop)) return path;
    path.push(next);
  }
}

/** What an element passes on that hides what is behind it: it takes off the Via values of the request and gives the answer a To tag of its own. */
function behindHidden({ request }: Transaction, below: Transaction, response: SipResponse): SipResponse | undefined {
  if (request === undefined || below.request === undefined) return undefined;
  const isHidden = below.request.branches.length <= request.branches.length;
  return isHidden && answersAlike(below, response) ? below.finalResponse : undefined;
}

/**
 * Requests of the same method that the server of this transaction then sent on other legs of the call, as a B2BUA does: from the address at which
 * it had got this one, or from another of its addresses, where both legs carry the same identifier. A B2BUA may keep the Call-ID and give
 * its own From tag.
 */
export function otherLegs(transaction: Transaction, { legs, links }: Pick<Call, "legs" | "links">): Transaction[] {
  if (legs.length === 1 && legs[0].roots.length < 2) return [];
  const { first, method, client, server } = transaction;
  const carried = links.filter(({ kind, callIds }) => CARRIED.has(kind) && callIds.includes(first.callId));
  return legs.flatMap(({ callId, roots }) => {
    if (callId === first.callId) return sentOnUnderTheSame(transaction, roots);
    return sentWhileWaiting(transaction, roots).filter(
      (other) =>
        other.method === method &&
        other.first.packet.timeMicros >= first.packet.timeMicros &&
        (other.client.host === server.host ||
          (other.client.host !== client.host &&
            other.server.host !== client.host &&
            carried.some(({ callIds }) => callIds.includes(other.first.callId)))),
    );
  });
}

/** A registration, for example, is sent on again and again, each time while its client waits; an INVITE also when it was accepted. */
function sentWhileWaiting(
  { method, first, finalResponse }: Transaction,
  roots: readonly Transaction[],
): readonly Transaction[] {
  if (method === "INVITE") return roots;
  const sinceMicros = first.packet.timeMicros;
  return sentWithin(roots, sinceMicros, finalResponse?.packet.timeMicros ?? sinceMicros + timerB);
}

/** Of the same Call-ID. */
function sentOnUnderTheSame(transaction: Transaction, roots: readonly Transaction[]): Transaction[] {
  if (roots.length < 2) return [];
  const start = firstAfter(roots, transaction.index);
  return roots
    .slice(start, start + MOST_LOOKED_AT)
    .filter(
      (other) =>
        other.method === transaction.method &&
        other.first.fromTag !== transaction.first.fromTag &&
        !isToSender(other, transaction) &&
        leavesServer(other, transaction),
    );
}

/** What one side of a dialog sends to the other is no request of the other that it sends on. RFC 3261 §12.2.1.1 */
function isToSender({ request }: Transaction, { first }: Transaction): boolean {
  return request !== undefined && request.toTag !== "" && request.toTag === first.fromTag;
}

/** They are in order of `index`. */
function firstAfter(roots: readonly Transaction[], index: number): number {
  let [low, high] = [0, roots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (roots[middle].index > index) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Under one Call-ID the same host may be no more than the caller that tries again: where both are on one host, the port tells. */
function leavesServer(other: Transaction, { client, server }: Transaction): boolean {
  if (client.host === server.host) return other.client === server && client !== server;
  return other.client.host === server.host;
}

/** Requests of one Call-ID after another one that are looked at; more only come from somebody who wants it. */
const MOST_LOOKED_AT = 64;

/** What a B2BUA writes into the request of its other leg to say that both are one session, or passes on as only one client can have made it. */
const CARRIED: ReadonlySet<LinkKind> = new Set<LinkKind>([
  "session-id",
  "x-call-id",
  "charging-vector",
  "same-credentials",
]);

/** By what these other legs are of this call, where it is no more than a number or what they were answered. */
function looseJoins(others: readonly Transaction[], { links }: Pick<Call, "links">): ReadonlySet<BasisKind> {
  const joining = links.filter(({ callIds }) => others.some(({ first }) => callIds.includes(first.callId)));
  return new Set(joining.flatMap(({ kind }) => LOOSELY_JOINED_BY[kind] ?? []));
}

const LOOSELY_JOINED_BY: Readonly<Partial<Record<LinkKind, BasisKind>>> = {
  "same-number": "joined-by-number",
  "rung-together": "joined-by-ringing",
  "same-answers": "joined-by-answers",
};

/** Of these, the one that was answered last: a B2BUA that tries one after the other passes on what the last one says. */
function latest(answered: readonly Transaction[]): Transaction | undefined {
  const timeOf = ({ finalResponse }: Transaction): number => finalResponse?.packet.timeMicros ?? 0;
  return answered.toSorted((a, b) => timeOf(a) - timeOf(b)).at(-1);
}

/** The same final status code, and it had come before: a B2BUA passes on the answer of its other leg with a To tag of its own. */
function answersAlike({ finalResponse }: Transaction, response: SipResponse): boolean {
  return (
    finalResponse?.statusCode === response.statusCode && finalResponse.packet.timeMicros <= response.packet.timeMicros
  );
}

/** The same response on another hop: status code and To tag pass through proxies unchanged. RFC 3261 §16.7 */
export function sameResponse(hop: Transaction, response: SipResponse): SipResponse | undefined {
  return hop.responses.find(({ statusCode, toTag }) => statusCode === response.statusCode && toTag === response.toTag);
}

function followed(hopsDown: number, last: Transaction, frame: string | number): Basis {
  const values = { hops: hopsDown, frame, address: last.server.text };
  return { kind: "followed-downstream", values };
}

/** @param others where its server sent the request on other legs */
function whyHere(
  last: Transaction,
  sent: SipResponse,
  others: readonly Transaction[],
  { forwarders, captures }: OriginSurroundings,
): Basis {
  const address = last.server.text;
  const sentMicros = sent.packet.timeMicros;
  const forwarded = forwardedBefore(sent, last, others);
  const newest = forwarded[forwarded.length - 1];
  if (newest !== undefined) {
    const before = latest(
      forwarded.filter(({ finalResponse }) => (finalResponse?.packet.timeMicros ?? Infinity) <= sentMicros),
    )?.finalResponse;
    const next = newest.server.text;
    const missed = forwarded.find((hop) => answerWasMissed(hop, sent));
    if (missed !== undefined) {
      const values = { address, next: missed.server.text, frame: frameName(missed.first.packet, captures) };
      return { kind: "answer-not-in-view", values };
    }
    const far = last.downstream.find((hop) => forwarded.includes(hop) && isFarFrom(last, hop));
    if (far !== undefined) {
      const values = { address, next: far.client.text, frame: frameName(far.first.packet, captures) };
      return { kind: "way-not-in-view", values };
    }
    if (before === undefined)
      return { kind: "nothing-came-back", values: { address, next, frame: frameName(newest.first.packet, captures) } };
    const { statusCode, packet } = before;
    return {
      kind: "other-answer-came-back",
      values: { address, statusCode, frame: frameName(packet, captures), next: packet.source.text },
    };
  }
  if (forwarders.has(last.server.address) && !wasForwarded(last))
    return { kind: "forwards-elsewhere", values: { address } };
  if (namesItself(last)) return { kind: "own-contact", values: { address } };
  return { kind: "last-in-view", values: { address } };
}

/** Where the element had sent the request on before it sent this. */
function forwardedBefore(
  { packet }: SipResponse,
  { downstream }: Transaction,
  others: readonly Transaction[],
): Transaction[] {
  return [...downstream, ...others].filter(({ first }) => first.packet.timeMicros <= packet.timeMicros);
}

/** So soon it may as well be what had come back, missed by the capture: nothing but the failure to send on shows that it is the element's own. */
function mayBePassedOn({ statusCode, packet }: SipResponse, forwarded: readonly Transaction[]): boolean {
  return OF_PROXIES_AND_OTHERS.has(statusCode) && forwarded.some((hop) => isSoonAfter(hop, packet));
}

/** Before the request would even have been repeated. RFC 3261 §17.1.1.2 */
function isSoonAfter({ first }: Transaction, packet: SipResponse["packet"]): boolean {
  return packet.timeMicros - first.packet.timeMicros < T1;
}

/** True where elements in between, which are not in view, sent the request on to this hop. What loops on its own host is its own. */
function isFarFrom({ server }: Transaction, { client, unseenHops }: Transaction): boolean {
  return unseenHops > 0 && client.host !== server.host;
}

/**
 * The capture lacks the answer that came back on a hop: it was acknowledged there, or the code is none that an element gives of its
 * own before it would even have repeated the request (T1). RFC 3261 §17.1.1.2, §17.1.1.3
 */
function answerWasMissed(hop: Transaction, { statusCode, packet, toTag }: SipResponse): boolean {
  const cameMicros = hop.finalResponse?.packet.timeMicros ?? Number.POSITIVE_INFINITY;
  if (cameMicros <= packet.timeMicros) return false;
  if (toTag !== "" && hop.responses.some((response) => response.toTag === toTag)) return true;
  if (statusCode < 300 || hop.acks.some((ack) => ack.packet.timeMicros < cameMicros)) return true;
  const isOwn = OF_PROXIES.has(statusCode) || OF_PROXIES_AND_OTHERS.has(statusCode);
  return isSoonAfter(hop, packet) && !isOwn;
}

/** 487 to a CANCEL; 408, 477 and 478 where sending on failed at once, as Kamailio says it. */
const OF_PROXIES: ReadonlySet<number> = new Set([408, 477, 478, 487]);
/** What a proxy makes of a failure behind it, and servers give as well. RFC 3261 §16.7 step 6, §16.9 */
const OF_PROXIES_AND_OTHERS: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** A proxy adds no Contact to a response: the element whose own address stands there is the UAS. RFC 3261 §12.1.1, §16.7 */
function namesItself(hop: Transaction): boolean {
  return hop.responses.some((response) => {
    const uri = response.first(contact)?.uri;
    return response.statusCode < 300 && uri !== undefined && parseUri(uri)?.host === hop.server.address;
  });
}

/**
 * True where a response shows that the request went on, out of view: it names another host as Contact, or has more Record-Route values than
 * the request had when it came. RFC 3261 §12.1.1, §16.6 step 4
 */
function wasForwarded({ request, responses, server }: Transaction): boolean {
  const before = request?.all(recordRoute).length ?? Number.POSITIVE_INFINITY;
  return responses.some((response) => {
    const uri = response.statusCode < 300 ? response.first(contact)?.uri : undefined;
    const host = uri === undefined ? undefined : parseUri(uri)?.host;
    return (host !== undefined && host !== server.address) || response.all(recordRoute).length > before;
  });
}

/** What the response shows of the software that minted it, where it does not say so itself. */
function marksOf(response: SipResponse, address: string, product: string | undefined): Basis[] {
  if (product !== undefined && recognizedProduct(product)?.kind === "proxy") return [];
  const byTag = productByToTag(response.toTag);
  const phraseTag = phraseTagOf(response.reasonPhrase);
  return [
    ...(byTag === undefined ? [] : [{ kind: "tag-shape", values: { address, product: byTag } } as const]),
    ...(phraseTag === undefined ? [] : [{ kind: "phrase-tag", values: { address, tag: phraseTag } } as const]),
  ];
}
