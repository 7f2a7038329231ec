import type { Origin } from "../../call/origin.ts";
import { EQUAL, LF, SPACE } from "../../bytes/ascii.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { refusesAll } from "../../sdp/compareOffer.ts";
import { hasDescription, type SessionDescription, sessionDescription } from "../../sdp/sessionDescription.ts";
import { isSuccess, type Transaction } from "../../transaction/transaction.ts";
import { answerOf } from "../answer.ts";
import type { Context } from "../rule.ts";
import { isChangeToFax } from "./changeToFax.ts";

const REFUSED: ReadonlySet<number> = new Set([488, 606]);
/** What else refuses a change to fax: the body and the method were fine when the call was set up. RFC 3261 §21.4.13, §21.5.2 */
const FAX_REFUSED: ReadonlySet<number> = new Set([...REFUSED, 415, 501]);

/** An offer and the response that refuses it: 488, 606, or a 2xx in which every stream has port 0. RFC 3264 §6 */
export interface RefusedOffer {
  readonly request: SipRequest;
  /** The offer as it got to the element that refused it: a relay in between may have made another one of it. */
  readonly asked: SipRequest;
  readonly response: SipResponse;
  readonly minted: SipResponse;
  readonly lastHop: Transaction;
  readonly origin: Origin;
  /** Of a 2xx. */
  readonly answer?: SessionDescription;
}

export function refusedOffer(root: Transaction, context: Context): RefusedOffer | undefined {
  if (root.request === undefined) return undefined;
  if (root.method === "INVITE" || root.method === "UPDATE") {
    const success = root.responses.find(isSuccess);
    if (success !== undefined)
      return hasZeroPort(success) ? emptyAnswer(root, root.request, success, context) : undefined;
  }
  const codes = isChangeToFax(root.request) ? FAX_REFUSED : REFUSED;
  if (!codes.has(root.finalResponse?.statusCode ?? 0)) return undefined;
  // Of anything else a 488 does not speak of a session. An INVITE without an offer asks for one. RFC 3261 §13.2.1, §21.4.26
  if (root.method !== "INVITE" && !hasDescription(root.request)) return undefined;
  return answerOf(root, codes, context);
}

function emptyAnswer(
  root: Transaction,
  request: SipRequest,
  response: SipResponse,
  context: Context,
): RefusedOffer | undefined {
  const answer = sessionDescription(response);
  const offer = sessionDescription(request);
  // Without an offer in the request the 2xx is one itself; and an offer of nothing is answered with nothing.
  if (answer === undefined || offer === undefined || !refusesOffered(offer, answer)) return undefined;
  const origin = context.originOf(root, response);
  const { minted, lastHop } = origin;
  const given = sessionDescription(minted);
  // A B2BUA may have refused what its other leg took.
  const asked = lastHop.request;
  const askedFor = asked && sessionDescription(asked);
  if (asked === undefined || askedFor === undefined || given === undefined || !refusesOffered(askedFor, given))
    return { request, asked: request, response, minted: response, lastHop: root, origin, answer };
  return { request, asked, response, minted, lastHop, origin, answer: given };
}

/** Nothing that was offered is taken, whatever else the answer has. */
function refusesOffered(offer: SessionDescription, answer: SessionDescription): boolean {
  if (refusesAll(offer) || answer.media.length === 0) return false;
  return offer.media.every(({ port }, index) => port === 0 || (answer.media[index]?.port ?? 0) === 0);
}

/** True where some `m=` line may have port 0. Looks at the bytes: nearly every answer is parsed no further. */
function hasZeroPort({ packet: { bytes, start }, body }: SipResponse): boolean {
  const end = start + body.end;
  let at = start + body.start;
  while (at < end) {
    const isMedia = bytes[at] === M && bytes[at + 1] === EQUAL;
    while (at < end && bytes[at] !== SPACE && bytes[at] !== LF) at++;
    if (isMedia && bytes[at] === SPACE && bytes[at + 1] === ZERO && bytes[at + 2] === SPACE) return true;
    while (at < end && bytes[at] !== LF) at++;
    at++;
  }
  return false;
}

const M = 0x6d;
const ZERO = 0x30;
