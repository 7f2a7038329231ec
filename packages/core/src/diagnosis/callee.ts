import { toUri } from "../message/partyUri.ts";
import { uriWithoutParameters } from "../message/uri.ts";
import { to } from "../message/to.ts";
import type { SipRequest } from "../message/message.ts";
import { hops, type Transaction } from "../transaction/transaction.ts";

/** Whom a request is for, without URI parameters; where it is not in the capture, the To of a response says it. */
export function calleeOf({ request, first }: Transaction): string {
  return request === undefined ? toUri(first) : calleeIn(request);
}

/** Who answered: where the request went to several, on several phones or by a redirect, the one of these. */
export function answeringCallee(root: Transaction, lastHop: Transaction): string {
  return calleeOf(hops(root).some(({ downstream }) => downstream.length > 1) ? lastHop : root);
}

/** A REGISTER names the domain of its registrar; who is to be registered is in To. RFC 3261 §10.2 */
export function calleeIn(request: SipRequest): string {
  const registered = request.method === "REGISTER" ? request.first(to)?.uri : undefined;
  return uriWithoutParameters(registered ?? request.requestUri);
}
