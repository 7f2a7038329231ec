import type { BasisKind, Origin } from "../call/origin.ts";
import { recognizedProduct } from "../call/products.ts";
import type { SipRequest, SipResponse } from "../message/message.ts";
import { parseUri } from "../message/uri.ts";
import { endsWithEarlierRefusal, ringing, type Transaction, wasAccepted } from "../transaction/transaction.ts";
import type { Context } from "./rule.ts";
import { type EndedBehind, endedBehind } from "./rules/endedBehind.ts";
import { unreachableFrom } from "./rules/reachability.ts";

/** A final response of 300 or more, with everything rules ask about it. */
export interface Answer {
  readonly request: SipRequest;
  /** The same request on the hop nearest to the source of the answer, as far as it is in view: what the element had before it that answered. */
  readonly asked: SipRequest;
  /** As the root transaction's client got it. */
  readonly response: SipResponse;
  /** The same response on the hop nearest to its source, also on another leg: the copy that proves what was minted. */
  readonly minted: SipResponse;
  readonly statusCode: number;
  readonly origin: Origin;
  /** The hop on which the response is nearest to its source. */
  readonly lastHop: Transaction;
}

/**
 * The final response of a root transaction, if its status code is one of these and the request is in view. Not where the element that gave it had
 * got another refusal, or nothing, from where it had sent the request: that is asked about in its place. Nor where a CANCEL ended the call.
 */
export function answerOf(root: Transaction, statusCodes: ReadonlySet<number>, context: Context): Answer | undefined {
  const answer = endsWithEarlierRefusal(root) ? undefined : answerAsGiven(root, context, statusCodes);
  return answer === undefined || madeOf(root, answer, context) !== undefined ? undefined : answer;
}

/**
 * What the element that answered had made the answer of. A caller that gave up ended the attempt itself, and a 480 of somebody who rang says what
 * happened. RFC 3261 §21.4.18
 */
export function madeOf({ cancel }: Transaction, answer: Answer, context: Context): EndedBehind | undefined {
  const isMade = cancel === undefined && !isOfUnseenBranch(answer);
  const ended = isMade ? endedBehind(answer, context) : undefined;
  const rang = ended?.kind === "unfinished" && answer.statusCode === 480 && ringing(ended.hop) !== undefined;
  return rang ? undefined : ended;
}

/** It rang with the tag that then answered, and no branch in view has that: it is of one that is not. RFC 3261 §12.1, §16.7 */
function isOfUnseenBranch({ lastHop: { responses, downstream }, minted: { toTag } }: Answer): boolean {
  if (toTag === "" || downstream.length === 0) return false;
  const rang = responses.some((seen) => seen.toTag === toTag && seen.statusCode > 100 && seen.statusCode < 200);
  return rang && !downstream.some((branch) => branch.responses.some((seen) => seen.toTag === toTag));
}

/** The hop of the same leg whose refusal the element that answered had got and had made another one of; for a redirect also one that stayed silent. */
export function refusalBehind(root: Transaction, context: Context): Transaction | undefined {
  const answer = answerAsGiven(root, context);
  const ended = answer && madeOf(root, answer, context);
  const isTold = ended?.kind === "refused" || (answer !== undefined && answer.statusCode < 400);
  return isTold && ended?.hop.upstream !== undefined ? ended.hop : undefined;
}

/** The same, also where the element made it of something that it had got. */
export function answerAsGiven(
  root: Transaction,
  context: Context,
  statusCodes?: ReadonlySet<number>,
): Answer | undefined {
  const response = root.finalResponse;
  if (response === undefined || root.request === undefined || response.statusCode < 300) return undefined;
  if (statusCodes !== undefined && !statusCodes.has(response.statusCode)) return undefined;
  // A forked INVITE may get a 2xx after another final response: then the call was answered. RFC 3261 §13.2.2.4
  if (wasAccepted(root)) return undefined;
  const { request } = root;
  const origin = context.originOf(root, response);
  const { lastHop, minted } = origin;
  return {
    request,
    asked: lastHop.request ?? request,
    response,
    minted,
    statusCode: response.statusCode,
    origin,
    lastHop,
  };
}

const SERVER_BASES: ReadonlySet<BasisKind> = new Set<BasisKind>([
  "nothing-came-back",
  "other-answer-came-back",
  "forwards-elsewhere",
  "tag-shape",
  "phrase-tag",
]);

/**
 * True where the element that answered is a proxy, registrar or other server and no phone: it forwards requests, its answer shows which
 * software it is, or it was asked for somebody in a domain and not by its own address.
 */
export function answeredByServer({ origin, asked }: Answer): boolean {
  const product = recognizedProduct(origin.product ?? "")?.kind;
  if (product === "phone") return false;
  if (product === "proxy" || product === "b2bua") return true;
  if (origin.basis.some(({ kind }) => SERVER_BASES.has(kind))) return true;
  if (origin.basis.some(({ kind }) => kind === "own-contact")) return false;
  const { address } = origin.endpoint;
  const host = parseUri(asked.requestUri)?.host;
  // A browser, which has no address of its own to name. RFC 7118 §8.1
  if (host?.endsWith(".invalid") === true) return false;
  // A private address that is none for this side is the Contact of a phone behind NAT.
  return host !== address && !unreachableFrom(asked.requestUri, address);
}
