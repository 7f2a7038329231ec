import type { Dialog } from "../../dialog/dialog.ts";
import type { SipRequest } from "../../message/message.ts";
import { type Reason, reason } from "../../message/reason.ts";
import type { Context, Rule } from "../rule.ts";
import { calleeOf, logOf, reasonText, secondsBetween } from "../wording.ts";
import { mediaFailedAfterAnswer } from "./media-failed-after-answer.ts";
import { sessionTimerExpired } from "./session-timer-expired.ts";

type Cause = "media-timeout" | "network-failure" | "timer-expired" | "protocol-error" | "server-failure";

/** Destination, channel, network, equipment, resources, service: what breaks on the way. ITU-T Q.850 §2.2 */
const NETWORK: ReadonlySet<number> = new Set([27, 34, 38, 41, 42, 43, 44, 46, 47, 49, 58, 63]);
/** Recovery on timer expiry. */
const TIMER = 102;
/** MEDIA_TIMEOUT of FreeSWITCH: older versions have the first number, and newer ones the second, which they also give as `SIP`. */
const MEDIA_TIMEOUT = { older: 604, newer: 804 } as const;
/** RTP or RTCP, the bearer, ACK, a response: what mobile networks and phones wait for in vain. 3GPP TS 24.229 §7.2A.18 */
const RELEASE_CAUSES: ReadonlyMap<number, Cause> = new Map([
  [2, "media-timeout"],
  [3, "network-failure"],
  [4, "timer-expired"],
  [5, "timer-expired"],
]);
/** Invalid message, protocol error. */
const PROTOCOL = { from: 95, to: 111 } as const;

/** The call was up, and the BYE says that something went wrong. RFC 3326 §1, §3.2 */
export const callDropped: Rule<"dialog", "call-dropped"> = {
  id: "call-dropped",
  inspects: "dialog",
  citations: ["RFC 3326 §1", "RFC 3326 §2"],
  check(dialog, context) {
    const { answer, invite } = dialog;
    const bye = dialog.requests.find(({ method }) => method === "BYE")?.request;
    if (answer === undefined || bye === undefined) return undefined;
    const complaint = complaintOf(bye);
    if (complaint === undefined || isPassedOn(bye, context) || isToldElsewhere(dialog, context)) return undefined;
    const { cause, index } = complaint;
    const { source } = bye.packet;
    return {
      verdict: "likely",
      cause,
      element: source,
      evidence: [answer, { message: bye, field: reason, index }],
      missing: [logOf(source, bye.callId)],
      values: {
        callee: calleeOf(invite),
        ender: source.text,
        seconds: secondsBetween(answer, bye),
        reason: reasonText(bye.all(reason)[index]),
      },
    };
  },
};

/** The first Reason value that is no normal end. */
function complaintOf(bye: SipRequest): { readonly cause: Cause; readonly index: number } | undefined {
  if (!bye.has(reason)) return undefined;
  for (const [index, value] of bye.all(reason).entries()) {
    const cause = causeOf(value);
    if (cause !== undefined) return { cause, index };
  }
  return undefined;
}

function causeOf({ protocol, cause = 0 }: Reason): Cause | undefined {
  switch (protocol.toUpperCase()) {
    case "Q.850":
      if (cause === TIMER) return "timer-expired";
      if (cause >= PROTOCOL.from && cause <= PROTOCOL.to) return "protocol-error";
      return NETWORK.has(cause) ? "network-failure" : undefined;
    case "RELEASE_CAUSE":
      return RELEASE_CAUSES.get(cause);
    case "FAILURE_CAUSE":
      return cause >= 1 && cause <= 3 ? "network-failure" : undefined;
    case "FREESWITCH":
      return cause === MEDIA_TIMEOUT.older || cause === MEDIA_TIMEOUT.newer ? "media-timeout" : undefined;
    case "SIP":
      if (cause === MEDIA_TIMEOUT.newer) return "media-timeout";
      if (cause === 408 || cause === 504) return "timer-expired";
      // What the call runs on could not be had, or was lost. RFC 3312 §8
      if (cause === 580) return "network-failure";
      return cause >= 500 && cause < 600 ? "server-failure" : undefined;
    default:
      return undefined;
  }
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
        complaintOf(request) !== undefined,
    ),
  );
}

function isToldElsewhere(dialog: Dialog, context: Context): boolean {
  return [mediaFailedAfterAnswer, sessionTimerExpired].some((rule) => rule.check(dialog, context) !== undefined);
}
