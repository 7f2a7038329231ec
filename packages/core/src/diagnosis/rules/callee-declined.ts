import { answeredByServer, answerOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { answeringCallee, millisBetween, secondsBetween } from "../wording.ts";
import { alertOf, LONGEST_AT_ONCE_MILLIS } from "./alert.ts";
import { blockedByNetwork } from "./blocking.ts";

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
    if (answer === undefined || blockedByNetwork(root, answer)) return undefined;
    const { request, asked, response, minted, origin } = answer;
    const millis = millisBetween(asked, minted);
    return {
      verdict: "likely",
      cause: alertOf(answer) !== undefined ? "by-person" : answeredByServer(answer) ? "by-policy" : "by-device",
      response,
      origin,
      evidence: [request, minted],
      values: {
        callee: answeringCallee(root, answer.lastHop),
        origin: origin.endpoint.text,
        seconds: secondsBetween(asked, minted),
        millis,
        pace: Number.isNaN(millis) ? "untimed" : millis > LONGEST_AT_ONCE_MILLIS ? "late" : "at-once",
      },
    };
  },
};
