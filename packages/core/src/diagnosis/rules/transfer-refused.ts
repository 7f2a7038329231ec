import { referTo } from "../../message/referTo.ts";
import { answerOf } from "../answer.ts";
import type { Context, Rule } from "../rule.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { partiesOf, wasAccepted } from "./referralReport.ts";

/** Every final response of 300 or more but a challenge, which is answered with the next REFER. Guard G6. */
const REFUSED: ReadonlySet<number> = new Set(
  Array.from({ length: 400 }, (_, index) => 300 + index).filter((code) => code !== 401 && code !== 407),
);
const UNSUPPORTED: ReadonlySet<number> = new Set([405, 416, 420, 488, 489, 501]);
const FORBIDDEN: ReadonlySet<number> = new Set([403, 603]);
const GONE: ReadonlySet<number> = new Set([404, 408, 410, 480, 481, 604]);

/** The REFER itself was refused. RFC 3515 §2.4.2 */
export const transferRefused: Rule<"transaction", "transfer-refused"> = {
  id: "transfer-refused",
  inspects: "transaction",
  citations: ["RFC 3515 §2.4.2"],
  finalStatusCodes: REFUSED,
  check(root, context) {
    if (root.method !== "REFER") return undefined;
    const answer = answerOf(root, REFUSED, context);
    if (answer === undefined || acceptedLater(root, context)) return undefined;
    const { request, response, minted, origin, statusCode } = answer;
    const parties = partiesOf({ refer: root, notifies: [], dialog: undefined });
    return {
      verdict: "certain",
      response,
      origin,
      evidence: [request.has(referTo) ? { message: request, field: referTo } : request, minted],
      values: {
        ...parties,
        origin: origin.endpoint.text,
        statusCode,
        phrase: response.reasonPhrase,
        kind: kindOf(statusCode),
        inside: request.toTag === "" ? "no" : "yes",
      },
    };
  },
};

/** The same transfer was asked for again, with something changed or where a redirect led, and accepted. */
function acceptedLater(root: Transaction, { call }: Context): boolean {
  const { target } = partiesOf({ refer: root, notifies: [], dialog: undefined });
  const refusedMicros = root.finalResponse!.packet.timeMicros;
  return call.legs.some(({ referrals }) =>
    referrals.some(
      (referral) =>
        referral.refer.first.packet.timeMicros >= refusedMicros &&
        referral.refer.client.address === root.client.address &&
        partiesOf(referral).target === target &&
        wasAccepted(referral),
    ),
  );
}

function kindOf(statusCode: number): "unsupported" | "forbidden" | "gone" | "other" {
  if (UNSUPPORTED.has(statusCode)) return "unsupported";
  if (FORBIDDEN.has(statusCode)) return "forbidden";
  return GONE.has(statusCode) ? "gone" : "other";
}
