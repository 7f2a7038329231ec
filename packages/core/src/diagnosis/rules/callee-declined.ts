import { answeredByServer, answerOf, q850CauseOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { answeringCallee } from "../callee.ts";
import { millisBetween, secondsBetween } from "../elapsed.ts";
import { alertOf, LONGEST_AT_ONCE_MILLIS } from "./alert.ts";
import { blockedByNetwork } from "./blocking.ts";
import { saysUserBusy } from "./callee-busy.ts";
import { q850Evidence } from "./gatewayAnswer.ts";

const DECLINED: ReadonlySet<number> = new Set([603]);
/** Normal clearing, call rejected, normal and unspecified: with any other cause nobody has declined. */
const FITS_DECLINED: ReadonlySet<number> = new Set([16, 21, 31]);

/** The called party does not want the call. RFC 3261 §21.6.2 */
export const calleeDeclined: Rule<"transaction", "callee-declined"> = {
  id: "callee-declined",
  inspects: "transaction",
  citations: ["RFC 3261 §21.6.2"],
  finalStatusCodes: DECLINED,
  check(root, context) {
    // Inside a dialog a change of the call was refused, and no call.
    if (root.method !== "INVITE" || root.request?.toTag !== "") return undefined;
    const answer = answerOf(root, DECLINED, context);
    if (answer === undefined || blockedByNetwork(root, answer) || saysUserBusy(answer)) return undefined;
    const { request, asked, response, minted, origin } = answer;
    const millis = millisBetween(asked, minted);
    const q850 = q850CauseOf(minted) ?? 0;
    // Guard G7.
    const isTranslated = q850 !== 0 && !FITS_DECLINED.has(q850);
    const byCallee = alertOf(answer) !== undefined ? "by-person" : answeredByServer(answer) ? "by-policy" : "by-device";
    return {
      verdict: "likely",
      cause: isTranslated ? "by-policy" : byCallee,
      response,
      origin,
      evidence: [request, minted, ...(q850 === 0 ? [] : [q850Evidence(minted)])],
      values: {
        callee: answeringCallee(root, answer.lastHop),
        origin: origin.endpoint.text,
        seconds: secondsBetween(asked, minted),
        millis,
        q850: isTranslated ? q850 : 0,
        pace: Number.isNaN(millis) ? "untimed" : millis > LONGEST_AT_ONCE_MILLIS ? "late" : "at-once",
      },
    };
  },
};
