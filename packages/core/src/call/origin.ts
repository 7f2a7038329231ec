import { contact } from "../message/contact.ts";
import type { SipResponse } from "../message/message.ts";
import { server } from "../message/server.ts";
import { parseUri } from "../message/uri.ts";
import { userAgent } from "../message/userAgent.ts";
import type { Endpoint } from "../network/packet.ts";
import type { Transaction } from "../transaction/transaction.ts";

/** Who minted a response. */
export interface Origin {
  readonly endpoint: Endpoint;
  /** True when something behind it that is not in the capture may have minted it. */
  readonly orBehind: boolean;
  /** As the element names itself: untrusted. */
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
  | "nothing-came-back" // it had forwarded the request and no final response had come back
  | "other-answer-came-back" // it had got another final response
  | "forwards-elsewhere" // the capture shows what it forwards, and it did not forward this
  | "own-contact" // it is the UAS: its responses name it as Contact
  | "last-in-view" // nothing behind it is in the capture
  | "names-itself"; // Server or User-Agent

/**
 * Follows a response downstream to the last hop at which it is seen. The element that sent it there without having received it
 * minted it, unless what is behind that element is not in the capture.
 *
 * @param forwarders addresses that the capture shows forwarding requests: what they do not forward, they answer themselves
 */
export function originOf(root: Transaction, response: SipResponse, forwarders: ReadonlySet<string>): Origin {
  const path = followDown(root, response);
  const last = path[path.length - 1];
  const basis: Basis[] = [];
  if (path.length > 1) basis.push(followed(path, response));
  const reason = whyHere(last, response, forwarders);
  basis.push(reason);
  const product = productOf(sameResponse(last, response) ?? response);
  if (product !== undefined) basis.push({ kind: "names-itself", values: { address: last.server.text, product } });
  return { endpoint: last.server, orBehind: reason.kind === "last-in-view", product, basis };
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

/** The same response on another hop: status code and To tag pass through proxies unchanged. RFC 3261 §16.7 */
function sameResponse(hop: Transaction, response: SipResponse): SipResponse | undefined {
  return hop.responses.find(({ statusCode, toTag }) => statusCode === response.statusCode && toTag === response.toTag);
}

function followed(path: readonly Transaction[], response: SipResponse): Basis {
  const last = path[path.length - 1];
  const seen = sameResponse(last, response) ?? response;
  const values = { hops: path.length - 1, frame: seen.packet.frame, address: last.server.text };
  return { kind: "followed-downstream", values };
}

function whyHere(last: Transaction, response: SipResponse, forwarders: ReadonlySet<string>): Basis {
  const address = last.server.text;
  const sent = sameResponse(last, response) ?? response;
  const forwarded = last.downstream[last.downstream.length - 1];
  if (forwarded !== undefined) {
    const before = last.downstream
      .map((hop) => hop.finalResponse)
      .find((final) => final !== undefined && final.packet.timeMicros <= sent.packet.timeMicros);
    const next = forwarded.server.text;
    if (before === undefined) {
      return { kind: "nothing-came-back", values: { address, next, frame: forwarded.first.packet.frame } };
    }
    const values = {
      address,
      statusCode: before.statusCode,
      frame: before.packet.frame,
      next: before.packet.source.text,
    };
    return { kind: "other-answer-came-back", values };
  }
  if (forwarders.has(last.server.address)) return { kind: "forwards-elsewhere", values: { address } };
  if (namesItself(last)) return { kind: "own-contact", values: { address } };
  return { kind: "last-in-view", values: { address } };
}

/** A proxy adds no Contact to a response: the element whose own address stands there is the UAS. RFC 3261 §12.1.1, §16.7 */
function namesItself(hop: Transaction): boolean {
  return hop.responses.some((response) => {
    const uri = response.first(contact)?.uri;
    return response.statusCode < 300 && uri !== undefined && parseUri(uri)?.host === hop.server.address;
  });
}

function productOf(response: SipResponse): string | undefined {
  return response.first(server) ?? response.first(userAgent);
}
