import { q850CauseOf } from "../../message/q850Cause.ts";
import { replaces } from "../../message/replaces.ts";
import { answeredByServer, answerOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { answeringCallee } from "../callee.ts";
import { millisBetween, secondsBetween } from "../elapsed.ts";
import { alertOf, LONGEST_AT_ONCE_MILLIS } from "./alert.ts";
import { blockedByNetwork } from "./blocking.ts";
import { q850Evidence } from "./gatewayAnswer.ts";
import { meantBy } from "./meantBy.ts";

const DECLINED: ReadonlySet<number> = new Set([603]);

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
    if (answer === undefined || blockedByNetwork(root, answer) || meantBy(root, answer) !== 603) return undefined;
    const { request, asked, response, minted, origin } = answer;
    const millis = millisBetween(asked, minted);
    const cause = alertOf(answer) !== undefined ? "by-person" : answeredByServer(answer) ? "by-policy" : "by-device";
    const isToReplace = cause === "by-device" && asked.has(replaces);
    return {
      verdict: "likely",
      cause,
      response,
      origin,
      evidence: [
        isToReplace ? { message: asked, field: replaces } : request,
        minted,
        ...(q850CauseOf(minted) === undefined ? [] : [q850Evidence(minted)]),
      ],
      citations: isToReplace ? ["RFC 3891 §3"] : [],
      values: {
        callee: answeringCallee(root, answer.lastHop),
        origin: origin.endpoint.text,
        seconds: secondsBetween(asked, minted),
        millis,
        pace: isToReplace ? "replaces" : paceOf(millis),
      },
    };
  },
};

function paceOf(millis: number): "untimed" | "late" | "at-once" {
  if (Number.isNaN(millis)) return "untimed";
  return millis > LONGEST_AT_ONCE_MILLIS ? "late" : "at-once";
}
