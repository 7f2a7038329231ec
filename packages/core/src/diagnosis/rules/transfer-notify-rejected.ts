import type { Referral } from "../../dialog/dialog.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Rule } from "../rule.ts";
import { behind, logOf } from "../missing.ts";
import { mayHaveSentOn } from "../unseenWays.ts";
import { partiesOf, refusedNotify } from "./referralReport.ts";

/** A NOTIFY about a REFER is refused by the side that sent the REFER. RFC 3515 §2.4.4, RFC 5589 §6.1, RFC 6665 §4.1.3 */
export const transferNotifyRejected: Rule<"subscription", "transfer-notify-rejected"> = {
  id: "transfer-notify-rejected",
  inspects: "subscription",
  citations: ["RFC 3515 §2.4.4", "RFC 6665 §4.2.2"],
  check(referral, context) {
    const rejected = refusedNotify(referral, (code) => REJECTED.has(code));
    const response = rejected?.finalResponse;
    if (rejected?.request === undefined || response === undefined) return undefined;
    const origin = context.originOf(rejected, response);
    const isRule = response.statusCode === FORBIDDEN;
    const isUnknown = response.statusCode === UNKNOWN;
    const bye = isUnknown ? byeBefore(referral, rejected) : undefined;
    const isBetween = origin.endpoint.host !== referral.refer.client.host;
    // Then the side that sent the REFER may have answered so, out of view.
    const mayBeBehind = isBetween && mayHaveSentOn(origin);
    return {
      verdict: isRule || mayBeBehind ? "likely" : "certain",
      cause: bye !== undefined ? "referrer-left" : isUnknown ? "subscription-unknown" : "method-unsupported",
      response,
      origin,
      evidence: [referral.refer.first, ...(bye === undefined ? [] : [bye.first]), rejected.request, response],
      missing: [
        ...(isRule ? [logOf(origin.endpoint, response.callId)] : []),
        ...(mayBeBehind ? [behind(origin.endpoint)] : []),
      ],
      values: {
        ...partiesOf(referral),
        origin: origin.endpoint.text,
        statusCode: response.statusCode,
        between: isBetween ? "yes" : "no",
      },
    };
  },
};

/** No such subscription; no NOTIFY, or none for this event. What else may be answered has rules of its own. RFC 6665 §4.1.3 */
const UNKNOWN = 481;
/** By a rule of its own, which only it knows: inside a call nothing else is left to forbid. */
const FORBIDDEN = 403;
const REJECTED: ReadonlySet<number> = new Set([UNKNOWN, FORBIDDEN, 405, 489, 501]);

/** With which the side that sent the REFER had ended the call. */
function byeBefore({ dialog, refer }: Referral, rejected: Transaction): Transaction | undefined {
  return dialog?.requests.find(
    ({ method, index, first }) => method === "BYE" && index < rejected.index && first.fromTag === refer.first.fromTag,
  );
}
