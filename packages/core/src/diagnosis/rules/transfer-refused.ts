import { referTo } from "../../message/referTo.ts";
import { parseUri, uriWithoutParameters } from "../../message/uri.ts";
import { type Answer, answerAsGiven, answeredByServer, refusalBehind } from "../answer.ts";
import type { Context, Rule } from "../rule.ts";
import { firstHop, type Transaction } from "../../transaction/transaction.ts";
import { TIMED_OUT } from "./endedBehind.ts";
import { partiesOf, isReferAccepted } from "./referralReport.ts";

/** Every final response of 300 or more but a challenge, which is answered with the next REFER. Guard G6. */
const REFUSED: ReadonlySet<number> = new Set(
  Array.from({ length: 400 }, (_, index) => 300 + index).filter((code) => code !== 401 && code !== 407),
);
const UNSUPPORTED: ReadonlySet<number> = new Set([405, 416, 420, 488, 489, 501]);
const FORBIDDEN: ReadonlySet<number> = new Set([403, 603]);
const GONE: ReadonlySet<number> = new Set([404, 410, 480, 481, 604]);
/** Codes whose own rules would say of the transfer only what they say of any request: here all is said. */
const SAID_OF_TRANSFERS: ReadonlySet<number> = new Set([
  380, 402, 403, 404, 405, 406, 408, 410, 412, 413, 415, 416, 417, 422, 423, 433, 439, 469, 470, 480, 484, 485, 488,
  489, 491, 493, 501, 504, 505, 513, 555, 580, 603, 604,
]);

/** The REFER itself was refused. RFC 3515 §2.4.2 */
export const transferRefused: Rule<"transaction", "transfer-refused"> = {
  id: "transfer-refused",
  inspects: "transaction",
  citations: ["RFC 3515 §2.4.2"],
  finalStatusCodes: REFUSED,
  standsForRefusal: SAID_OF_TRANSFERS,
  check(root, context) {
    if (root.method !== "REFER") return undefined;
    // Of a refusal that a proxy changed, the one behind it is told.
    const answer = refusalBehind(root, context) === undefined ? answerAsGiven(root, context, REFUSED) : undefined;
    if (answer === undefined || acceptedLater(root, context)) return undefined;
    const { request, response, minted, origin, statusCode } = answer;
    const parties = partiesOf({ refer: firstHop(root), notifies: [], dialog: undefined });
    return {
      verdict: "certain",
      response,
      origin,
      evidence: [request.has(referTo) ? { message: request, field: referTo } : request, minted],
      values: {
        ...parties,
        // A proxy that refuses it is not who was asked to call.
        transferee: isByOther(answer) ? uriWithoutParameters(request.requestUri) : parties.transferee,
        origin: origin.endpoint.text,
        statusCode,
        phrase: response.reasonPhrase,
        kind: kindOf(statusCode),
        inside: request.toTag === "" ? "no" : "yes",
      },
    };
  },
};

/** A server on the way, for another host than its own. */
function isByOther(answer: Answer): boolean {
  const { asked, origin } = answer;
  return parseUri(asked.requestUri)?.host !== origin.endpoint.address && answeredByServer(answer);
}

/** The same transfer was asked for again, with something changed or where a redirect led, and accepted. */
function acceptedLater(root: Transaction, { call }: Context): boolean {
  const { target } = partiesOf({ refer: root, notifies: [], dialog: undefined });
  const refusedMicros = root.finalResponse!.packet.timeMicros;
  return call.legs.some(({ referrals }) =>
    referrals.some(
      (referral) =>
        referral.refer.first.packet.timeMicros >= refusedMicros &&
        referral.refer.client.host === root.client.host &&
        partiesOf(referral).target === target &&
        isReferAccepted(referral),
    ),
  );
}

function kindOf(statusCode: number): "unsupported" | "forbidden" | "gone" | "silent" | "other" {
  if (UNSUPPORTED.has(statusCode)) return "unsupported";
  if (FORBIDDEN.has(statusCode)) return "forbidden";
  if (TIMED_OUT.has(statusCode)) return "silent";
  return GONE.has(statusCode) ? "gone" : "other";
}
