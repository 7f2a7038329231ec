import type { Referral } from "../../dialog/dialog.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Rule } from "../rule.ts";
import { partiesOf } from "./referralReport.ts";

/** A NOTIFY about a REFER is refused by the side that sent the REFER. RFC 3515 §2.4.4, RFC 5589 §6.1, RFC 6665 §4.1.3 */
export const transferNotifyRejected: Rule<"subscription", "transfer-notify-rejected"> = {
  id: "transfer-notify-rejected",
  inspects: "subscription",
  citations: ["RFC 3515 §2.4.4", "RFC 6665 §4.2.2"],
  check(referral, context) {
    const rejected = referral.notifies.find(isRejected);
    const response = rejected?.finalResponse;
    if (rejected?.request === undefined || response === undefined) return undefined;
    return {
      verdict: "certain",
      cause: causeOf(referral, rejected, response.statusCode),
      response,
      origin: context.originOf(rejected, response),
      evidence: [referral.refer.first, rejected.request, response],
      values: { ...partiesOf(referral), statusCode: response.statusCode },
    };
  },
};

function isRejected({ finalResponse }: Transaction): boolean {
  const code = finalResponse?.statusCode ?? 0;
  return code >= 300 && code !== 401 && code !== 407 && code !== 408;
}

function causeOf(
  { dialog }: Referral,
  rejected: Transaction,
  statusCode: number,
): "referrer-left" | "method-unsupported" | "subscription-unknown" {
  if (statusCode === 405 || statusCode === 489 || statusCode === 501) return "method-unsupported";
  const bye = dialog?.requests.find(({ method, index }) => method === "BYE" && index < rejected.index);
  return bye === undefined ? "subscription-unknown" : "referrer-left";
}
