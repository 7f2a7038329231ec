import type { Dialog } from "../../dialog/dialog.ts";
import { reason } from "../../message/reason.ts";
import type { SipRequest } from "../../message/message.ts";
import type { Rule } from "../rule.ts";
import { calleeOf, millisBetween } from "../wording.ts";

/** Later it was in use for a while, so something else happened. */
const LONGEST_MILLIS = 2000;
/** Incompatible destination; bearer capability not presently available. */
const Q850_MEDIA: ReadonlySet<number> = new Set([58, 88]);

/** The call is ended right after its answer, and the BYE says that media did not fit. RFC 3261 §13.2.2.4, RFC 3326 §3.2 */
export const mediaFailedAfterAnswer: Rule<"dialog", "media-failed-after-answer"> = {
  id: "media-failed-after-answer",
  inspects: "dialog",
  citations: ["RFC 3261 §13.2.2.4", "RFC 3326 §3.2"],
  check(dialog) {
    const { answer } = dialog;
    const bye = dialog.requests.find(({ method }) => method === "BYE")?.request;
    if (answer === undefined || bye === undefined) return undefined;
    const millis = millisBetween(connectedBy(dialog) ?? answer, bye);
    const index = millis > LONGEST_MILLIS ? -1 : mediaReason(bye);
    if (index < 0) return undefined;
    return {
      verdict: Number.isNaN(millis) ? "likely" : "certain",
      response: answer,
      evidence: [answer, { message: bye, field: reason, index }],
      values: {
        callee: calleeOf(dialog.invite),
        millis,
        ender: bye.packet.source.text,
        reason: reasonText(bye, index),
      },
    };
  },
};

function connectedBy({ acks }: Dialog): SipRequest | undefined {
  return acks[0]?.request;
}

/** Which Reason value says that media did not fit, or -1. */
function mediaReason(bye: SipRequest): number {
  return bye.all(reason).findIndex(({ protocol, cause = 0 }) => {
    const name = protocol.toUpperCase();
    return name === "SIP" ? cause === 488 || cause === 606 : name === "Q.850" && Q850_MEDIA.has(cause);
  });
}

function reasonText(bye: SipRequest, index: number): string {
  const { protocol, cause = 0, text } = bye.all(reason)[index];
  return text === undefined ? `${protocol} ${cause}` : `${protocol} ${cause} (${text})`;
}
