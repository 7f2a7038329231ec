import { byeOf, type Dialog } from "../../dialog/dialog.ts";
import type { SipRequest } from "../../message/message.ts";
import { type Transaction, wasRefused } from "../../transaction/transaction.ts";
import type { Context, Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { secondsBetween } from "../elapsed.ts";
import { logOf } from "../missing.ts";
import { reasonText } from "../wording.ts";
import { type EndReason, endReasonOf } from "./endReason.ts";
import { mediaFailedAfterAnswer } from "./media-failed-after-answer.ts";
import { sessionTimerExpired } from "./session-timer-expired.ts";

/** Who has spoken with somebody for longer, such as a voicemail, ends a call that went well, though a PBX may still give the reason why it went there. */
const LONGEST_SECONDS_OF_AN_ATTEMPT = 10;

/** The call was up, and the BYE says that something went wrong. RFC 3326 §1, §3.2 */
export const callDropped: Rule<"dialog", "call-dropped"> = {
  id: "call-dropped",
  inspects: "dialog",
  citations: ["RFC 3326 §1", "RFC 3326 §2"],
  check(dialog, context) {
    const { answer, invite } = dialog;
    const bye = byeOf(dialog)?.request;
    if (answer === undefined || bye === undefined) return undefined;
    const complaint = endReasonOf(bye);
    if (complaint === undefined || isPassedOn(bye, context) || isToldElsewhere(dialog, context)) return undefined;
    const { cause, value, shows } = complaint;
    if (cause === "onward-failed" && !isOfAttempt(bye, dialog, context)) return undefined;
    const { source } = bye.packet;
    return {
      verdict: "likely",
      cause,
      element: source,
      evidence: [answer, shows],
      missing: [logOf(source, bye.callId)],
      citations: cause === "preempted" ? ["RFC 4411 §5"] : [],
      values: {
        callee: calleeOf(invite),
        ender: source.text,
        seconds: secondsBetween(answer, bye),
        reason: reasonText(value),
        channel: isNoChannel(complaint) ? "none" : "any",
      },
    };
  },
};

/** For a call that is up Asterisk and Cisco gateways say so when RTP has stopped. */
function isNoChannel({ value }: EndReason): boolean {
  return value.protocol.toUpperCase() === "Q.850" && value.cause === 44;
}

/** Who was answered first calls on, and that fails; of who was called it is told only where it is that soon, and of another leg there. */
function isOfAttempt(bye: SipRequest, { answer, calleeTag }: Dialog, { call, leg }: Context): boolean {
  if (answer === undefined || call.legs.some((other) => other !== leg && other.roots.some(isRefusedCall))) return false;
  return bye.fromTag !== calleeTag || secondsBetween(answer, bye) < LONGEST_SECONDS_OF_AN_ATTEMPT;
}

function isRefusedCall(root: Transaction): boolean {
  return root.method === "INVITE" && wasRefused(root);
}

/** Another leg of the call had ended before, for a reason that is told there. */
function isPassedOn(bye: SipRequest, { call }: Context): boolean {
  return call.legs.some(({ roots }) =>
    roots.some(
      ({ method, request }) =>
        method === "BYE" &&
        request !== undefined &&
        request.callId !== bye.callId &&
        request.packet.timeMicros <= bye.packet.timeMicros &&
        endReasonOf(request) !== undefined,
    ),
  );
}

function isToldElsewhere(dialog: Dialog, context: Context): boolean {
  return [mediaFailedAfterAnswer, sessionTimerExpired].some((rule) => rule.check(dialog, context) !== undefined);
}
