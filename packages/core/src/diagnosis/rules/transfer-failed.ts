import type { Origin } from "../../call/origin.ts";
import { subscriptionState } from "../../message/subscriptionState.ts";
import type { Referral } from "../../dialog/dialog.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context, Rule } from "../rule.ts";
import { behind } from "../missing.ts";
import { lastReport, partiesOf, type ReportedStatus } from "./referralReport.ts";

/** The last report on a transfer says that the new call got a final answer of 300 or more. RFC 3515 §2.4.4, §2.4.5 */
export const transferFailed: Rule<"subscription", "transfer-failed"> = {
  id: "transfer-failed",
  inspects: "subscription",
  citations: ["RFC 3515 §2.4.4", "RFC 3515 §2.4.5"],
  check(referral, context) {
    const report = lastReport(referral);
    if (report === undefined || report.statusCode < 300 || report.notify.request === undefined) return undefined;
    const request = report.notify.request;
    const origin = originOfReported(referral, report, context);
    const transferee = report.notify.client;
    return {
      verdict: "certain",
      statusCode: report.statusCode,
      origin,
      evidence: [
        referral.refer.first,
        { message: request, line: `SIP/2.0 ${report.statusCode} ${report.reasonPhrase}` },
        ...(request.has(subscriptionState) ? [{ message: request, field: subscriptionState }] : []),
      ],
      missing: origin === undefined ? [behind(transferee)] : [],
      values: { ...partiesOf(referral), statusCode: report.statusCode, phrase: report.reasonPhrase },
    };
  },
};

/** Who gave the transferee that answer, where the call it made for this REFER is in the capture. */
function originOfReported(
  { refer }: Referral,
  { statusCode, notify }: ReportedStatus,
  { call, originOf }: Context,
): Origin | undefined {
  const isForRefer = ({ method, request, client, first }: Transaction): boolean =>
    method === "INVITE" &&
    request?.toTag === "" &&
    request.callId !== refer.first.callId &&
    client.host === notify.client.host &&
    first.packet.timeMicros >= refer.first.packet.timeMicros;
  for (const { roots } of call.legs) {
    for (const root of roots) {
      const final = root.finalResponse;
      if (final?.statusCode !== statusCode || !isForRefer(root)) continue;
      if (final.packet.timeMicros <= notify.first.packet.timeMicros) return originOf(root, final);
    }
  }
  return undefined;
}
