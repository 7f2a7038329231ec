import { contact } from "../message/contact.ts";
import type { SipResponse } from "../message/message.ts";
import { parseUri } from "../message/uri.ts";
import type { Endpoint } from "../network/packet.ts";
import { T1 } from "../transaction/timers.ts";
import type { Transaction } from "../transaction/transaction.ts";
import type { Call } from "./call.ts";
import { phraseTagOf, productByToTag, productOf, recognizedProduct } from "./products.ts";

/** Who minted a response. */
export interface Origin {
  readonly endpoint: Endpoint;
  /** True when something behind it that is not in the capture may have minted it. */
  readonly orBehind: boolean;
  /** As the element names itself, or as the shape of its answer shows: untrusted. */
  readonly product?: string;
  /** How we know, strongest first. */
  readonly basis: readonly Basis[];
}

/** One reason; its sentence is `basis.<kind>` in ui.json. */
export interface Basis {
  readonly kind: BasisKind;
  readonly values: Readonly<Record<string, string | number>>;
}

export type BasisKind =
  | "followed-downstream" // the same response is seen on hops further down
  | "followed-leg" // the same answer is seen on the other leg of a B2BUA
  | "nothing-came-back" // it had forwarded the request and no final response had come back
  | "answer-not-in-view" // it had forwarded the request, and the answer to that is not in the capture
  | "other-answer-came-back" // it had got another final response
  | "forwards-elsewhere" // the capture shows what it forwards, and it did not forward this
  | "own-contact" // it is the UAS: its responses name it as Contact
  | "last-in-view" // nothing behind it is in the capture
  | "tag-shape" // its To tag is made as Kamailio and OpenSIPS make it for answers of their own
  | "phrase-tag" // its phrase ends in the tag that Kamailio and OpenSIPS put there for errors of their own
  | "names-itself" // Server or User-Agent
  | "side-inferred"; // the log does not name it

/** What is known beyond the transaction itself. */
export interface OriginSurroundings {
  readonly call: Pick<Call, "legs">;
  /** Addresses that the capture shows forwarding requests: what they do not forward, they answer themselves. */
  readonly forwarders: ReadonlySet<string>;
}

/**
 * Follows a response downstream to the last hop at which it is seen, through B2BUAs by the linked legs. The element that sent it
 * there without having received it minted it, unless what is behind that element is not in the capture.
 */
export function originOf(root: Transaction, response: SipResponse, surroundings: OriginSurroundings): Origin {
  const basis: Basis[] = [];
  const path = followDown(root, response);
  let seen = response;
  for (const legs = new Set<Transaction>(); ;) {
    const last = path[path.length - 1];
    seen = sameResponse(last, seen) ?? seen;
    const beyond = otherLegs(last, surroundings.call).find((leg) => answersAlike(leg, seen) && !legs.has(leg));
    if (beyond === undefined) break;
    legs.add(beyond);
    seen = beyond.finalResponse!;
    basis.push({
      kind: "followed-leg",
      values: { address: last.server.text, callId: seen.callId, frame: seen.packet.frame },
    });
    path.push(...followDown(beyond, seen));
  }
  const last = path[path.length - 1];
  seen = sameResponse(last, seen) ?? seen;
  const hopsDown = path.length - 1 - basis.length;
  if (hopsDown > 0) basis.unshift(followed(hopsDown, last, seen));
  const reason = whyHere(last, seen, surroundings);
  basis.push(reason);
  const product = productOf(seen);
  basis.push(...marksOf(seen, last.server.text, product));
  if (product !== undefined) basis.push({ kind: "names-itself", values: { address: last.server.text, product } });
  if (last.server.inferred === true) basis.push({ kind: "side-inferred", values: { address: last.server.text } });
  return {
    endpoint: last.server,
    orBehind: reason.kind === "last-in-view" || reason.kind === "answer-not-in-view",
    product: product ?? productByToTag(seen.toTag),
    basis,
  };
}

/** The transaction and the hops below it that carry the same response, the last one nearest to its source. */
function followDown(root: Transaction, response: SipResponse): Transaction[] {
  const path = [root];
  for (let hop = root; ;) {
    const next = hop.downstream.find((candidate) => sameResponse(candidate, response) !== undefined);
    if (next === undefined || path.includes(next)) return path;
    path.push(next);
    hop = next;
  }
}

/** Requests of the same method that the server of this transaction then sent on other legs of the call, as a B2BUA does. */
export function otherLegs(transaction: Transaction, { legs }: Pick<Call, "legs">): Transaction[] {
  if (legs.length < 2) return [];
  const since = transaction.first.packet.timeMicros;
  return legs
    .filter(({ callId }) => callId !== transaction.first.callId)
    .flatMap(({ roots }) => roots)
    .filter(
      ({ method, client, first }) =>
        method === transaction.method &&
        client.address === transaction.server.address &&
        first.packet.timeMicros >= since,
    );
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

function followed(hopsDown: number, last: Transaction, seen: SipResponse): Basis {
  const values = { hops: hopsDown, frame: seen.packet.frame, address: last.server.text };
  return { kind: "followed-downstream", values };
}

function whyHere(last: Transaction, sent: SipResponse, { call, forwarders }: OriginSurroundings): Basis {
  const address = last.server.text;
  const forwarded = [...last.downstream, ...otherLegs(last, call)];
  const latest = forwarded[forwarded.length - 1];
  if (latest !== undefined) {
    const before = forwarded
      .map(({ finalResponse }) => finalResponse)
      .find((final) => final !== undefined && final.packet.timeMicros <= sent.packet.timeMicros);
    const next = latest.server.text;
    const missed = forwarded.find((hop) => answerWasMissed(hop, sent));
    if (missed !== undefined) {
      const values = { address, next: missed.server.text, frame: missed.first.packet.frame };
      return { kind: "answer-not-in-view", values };
    }
    if (before === undefined)
      return { kind: "nothing-came-back", values: { address, next, frame: latest.first.packet.frame } };
    const { statusCode, packet } = before;
    return {
      kind: "other-answer-came-back",
      values: { address, statusCode, frame: packet.frame, next: packet.source.text },
    };
  }
  if (forwarders.has(last.server.address)) return { kind: "forwards-elsewhere", values: { address } };
  if (namesItself(last)) return { kind: "own-contact", values: { address } };
  return { kind: "last-in-view", values: { address } };
}

/**
 * The capture lacks the answer that came back on a hop: it was acknowledged there, or the code is none that an element gives of its
 * own before it would even have repeated the request (T1). RFC 3261 §17.1.1.2, §17.1.1.3
 */
function answerWasMissed(hop: Transaction, { statusCode, packet }: SipResponse): boolean {
  const cameMicros = hop.finalResponse?.packet.timeMicros ?? Number.POSITIVE_INFINITY;
  if (cameMicros <= packet.timeMicros) return false;
  if (statusCode < 300 || hop.acks.some((ack) => ack.packet.timeMicros < cameMicros)) return true;
  const isSoon = packet.timeMicros - hop.first.packet.timeMicros < T1;
  const isServerError = statusCode >= 500 && statusCode < 600;
  return isSoon && !isServerError && !GIVEN_BEFORE_AN_ANSWER.has(statusCode);
}

/** 487 to a CANCEL; 408, 477 and 478 where sending on failed at once, as Kamailio says it. */
const GIVEN_BEFORE_AN_ANSWER: ReadonlySet<number> = new Set([408, 477, 478, 487]);

/** A proxy adds no Contact to a response: the element whose own address stands there is the UAS. RFC 3261 §12.1.1, §16.7 */
function namesItself(hop: Transaction): boolean {
  return hop.responses.some((response) => {
    const uri = response.first(contact)?.uri;
    return response.statusCode < 300 && uri !== undefined && parseUri(uri)?.host === hop.server.address;
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
