import { referSub } from "../../message/referSub.ts";
import type { Referral } from "../../dialog/dialog.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Missing, Rule, Verdict } from "../rule.ts";
import { secondsUntil } from "../elapsed.ts";
import { longer } from "../missing.ts";
import { lastReport, partiesOf, refusedNotify, isReferAccepted } from "./referralReport.ts";

/** A REFER was accepted and no NOTIFY reports how the transfer ended. RFC 3515 §2.4.4, §2.4.5, §2.4.7; RFC 4488 §4 */
export const transferOutcomeUnknown: Rule<"subscription", "transfer-outcome-unknown"> = {
  id: "transfer-outcome-unknown",
  inspects: "subscription",
  citations: ["RFC 3515 §2.4.4", "RFC 3515 §2.4.7"],
  check(referral, context) {
    const accepted = referral.refer.finalResponse;
    if (accepted === undefined || !isReferAccepted(referral) || isReported(referral)) return undefined;
    const last = referral.notifies.at(-1)?.first ?? accepted;
    const watched = context.observedUntilMicros - last.packet.timeMicros;
    const { cause, verdict, missing } = causeOf(referral, watched);
    const notified = referral.notifies.flatMap(({ request }) => (request === undefined ? [] : [request]));
    return {
      verdict,
      cause,
      response: accepted,
      evidence: [referral.refer.first, accepted, ...notified],
      missing,
      citations: cause === "subscription-suppressed" ? ["RFC 4488 §4"] : [],
      values: {
        ...partiesOf(referral),
        statusCode: accepted.statusCode,
        seconds: secondsUntil(last, context.observedUntilMicros),
        reported: lastReport(referral) === undefined ? "no" : "yes",
      },
    };
  },
};

/** True where a final status was reported, or a NOTIFY was refused, which is another rule's. */
function isReported(referral: Referral): boolean {
  if ((lastReport(referral)?.statusCode ?? 0) >= 200) return true;
  return refusedNotify(referral, (code) => code >= 300) !== undefined;
}

interface Reasoned {
  readonly cause: "subscription-suppressed" | "capture-too-short" | "only-trying" | "no-notify";
  readonly verdict: Verdict;
  readonly missing: readonly Missing[];
}

function causeOf({ refer, notifies }: Referral, watchedMicros: number): Reasoned {
  const suppressed = refer.first.first(referSub) === false && refer.finalResponse?.first(referSub) === false;
  if (suppressed) return { cause: "subscription-suppressed", verdict: "certain", missing: [] };
  if (watchedMicros < timerB) {
    const missing = [longer(Math.ceil((timerB - watchedMicros) / 1e6))];
    return { cause: "capture-too-short", verdict: "indeterminate", missing };
  }
  return { cause: notifies.length > 0 ? "only-trying" : "no-notify", verdict: "likely", missing: [] };
}
