import type { Origin } from "../../call/origin.ts";
import { EQUAL, LF, SPACE } from "../../bytes/ascii.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { refusesAll } from "../../sdp/compareOffer.ts";
import { hasDescription, type SessionDescription, sessionDescription } from "../../sdp/sessionDescription.ts";
import { isSuccess, type Transaction } from "../../transaction/transaction.ts";
import { answerOf } from "../answer.ts";
import type { Context } from "../rule.ts";

const REFUSED: ReadonlySet<number> = new Set([488, 606]);

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
  if (!REFUSED.has(root.finalResponse?.statusCode ?? 0)) return undefined;
  // Of anything else a 488 does not speak of a session. An INVITE without an offer asks for one. RFC 3261 §13.2.1, §21.4.26
  if (root.method !== "INVITE" && !hasDescription(root.request)) return undefined;
  return answerOf(root, REFUSED, context);
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
  if (answer === undefined || offer === undefined || !refusesAll(answer) || refusesAll(offer)) return undefined;
  const origin = context.originOf(root, response);
  const { minted, lastHop } = origin;
  const given = sessionDescription(minted);
  // A B2BUA may have refused what its other leg took.
  if (given === undefined || !refusesAll(given) || lastHop.request === undefined || !hasDescription(lastHop.request))
    return { request, asked: request, response, minted: response, lastHop: root, origin, answer };
  return { request, asked: lastHop.request, response, minted, lastHop, origin, answer: given };
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
