import { otherLegs } from "../../call/origin.ts";
import { byeOf, type Dialog } from "../../dialog/dialog.ts";
import { reason } from "../../message/reason.ts";
import type { SipRequest } from "../../message/message.ts";
import { hasDescription, sessionDescription } from "../../sdp/sessionDescription.ts";
import { isWebRtc, type WebRtcGap, webRtcGap } from "../../sdp/webRtc.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { millisBetween } from "../elapsed.ts";
import { behind } from "../missing.ts";
import { reasonText } from "../wording.ts";
import { gapLines } from "./media-not-acceptable.ts";

/** Later it was in use for a while, so something else happened. */
const LONGEST_MILLIS = 2000;
/** Incompatible destination; bearer capability not presently available. */
const Q850_MEDIA: ReadonlySet<number> = new Set([58, 88]);

/** The call is ended right after its answer, and the BYE says that media did not fit. RFC 3261 §13.2.2.4, RFC 3326 §3.2 */
export const mediaFailedAfterAnswer: Rule<"dialog", "media-failed-after-answer"> = {
  id: "media-failed-after-answer",
  inspects: "dialog",
  citations: ["RFC 3261 §13.2.2.4", "RFC 3326 §3.2"],
  check(dialog, context) {
    const { answer } = dialog;
    const root = byeOf(dialog);
    const bye = root?.request;
    if (answer === undefined || root === undefined || bye === undefined) return undefined;
    const millis = millisBetween(acknowledgedBy(dialog, root) ?? answer, bye);
    const index = millis > LONGEST_MILLIS ? -1 : mediaReason(bye);
    if (index < 0 || isAboutAnotherOffer(dialog, root, context)) return undefined;
    const isCertain = !Number.isNaN(millis) && refusesWhatItGot(dialog, bye);
    const gap = gapOfAnswer(dialog, bye);
    return {
      verdict: isCertain ? "certain" : "likely",
      response: answer,
      element: bye.packet.source,
      evidence: [answer, ...gapLines(answer, gap), { message: bye, field: reason, index }],
      missing: isCertain ? [] : [behind(root.client)],
      citations: gap === undefined ? [] : ["RFC 8829 §5.8.3"],
      values: {
        callee: calleeOf(dialog.invite),
        millis,
        ender: bye.packet.source.text,
        reason: reasonText(bye.all(reason)[index]),
        lacks: gap?.lacks ?? "none",
      },
    };
  },
};

/** The ACK of the answer, where it came before the BYE: the callee may end the call without it. */
function acknowledgedBy({ acks }: Dialog, bye: Transaction): SipRequest | undefined {
  return acks.find(({ index }) => index < bye.index)?.request;
}

/** Which Reason value says that media did not fit, or -1. */
function mediaReason(bye: SipRequest): number {
  return bye.all(reason).findIndex(({ protocol, cause = 0 }) => {
    const name = protocol.toUpperCase();
    return name === "SIP" ? cause === 488 || cause === 606 : name === "Q.850" && Q850_MEDIA.has(cause);
  });
}

/** A change inside the call was refused, or another leg was: the BYE passes that on, and it has a rule of its own. */
function isAboutAnotherOffer(dialog: Dialog, bye: Transaction, { call, leg }: Context): boolean {
  const { requests, invite, calleeTag } = dialog;
  const isBefore = ({ first }: Transaction): boolean => first.packet.timeMicros <= bye.first.packet.timeMicros;
  if (requests.some((change) => isBefore(change) && refusesMedia(change))) return true;
  const beyond = bye.first.fromTag === calleeTag ? hops(invite).flatMap((hop) => otherLegs(hop, call)) : [];
  if (beyond.some((next) => isBefore(next) && isRefused(next))) return true;
  return call.legs.some((other) => other !== leg && other.roots.some((root) => isBefore(root) && endsForMedia(root)));
}

function refusesMedia({ method, finalResponse }: Transaction): boolean {
  const code = finalResponse?.statusCode;
  return (method === "INVITE" || method === "UPDATE") && (code === 488 || code === 606);
}

/** For good: a challenge is answered with the next attempt. Guard G6. */
function isRefused({ finalResponse }: Transaction): boolean {
  const code = finalResponse?.statusCode ?? 0;
  return code >= 300 && code !== 401 && code !== 407;
}

function endsForMedia({ method, request }: Transaction): boolean {
  return method === "BYE" && request !== undefined && mediaReason(request) >= 0;
}

/** Only the caller gets a description in the answer. The callee could have refused the offer, so its BYE may be about its own other leg. RFC 3264 §4 */
function refusesWhatItGot({ callerTag, answer }: Dialog, bye: SipRequest): boolean {
  return bye.fromTag === callerTag && answer !== undefined && hasDescription(answer);
}

/** What the answer lacks for the caller, where that is a browser and has ended the call. */
function gapOfAnswer({ invite, answer, callerTag }: Dialog, bye: SipRequest): WebRtcGap | undefined {
  const offer = invite.request && sessionDescription(invite.request);
  const answered = answer && sessionDescription(answer);
  if (offer === undefined || answered === undefined || bye.fromTag !== callerTag) return undefined;
  return isWebRtc(offer) ? webRtcGap(answered) : undefined;
}
