import type { SipRequest } from "../../message/message.ts";
import { type Reason, reason } from "../../message/reason.ts";
import { q850CauseOf } from "../../message/q850Cause.ts";
import type { Evidence } from "../rule.ts";
import { q850Evidence } from "./gatewayAnswer.ts";

export type EndCause =
  | "media-timeout"
  | "network-failure"
  | "timer-expired"
  | "protocol-error"
  | "server-failure"
  | "preempted"
  | "time-limit"
  | "onward-failed"
  | "other-reason";

/** What a BYE or CANCEL says that is no normal end. */
export interface EndReason {
  readonly cause: EndCause;
  readonly value: Pick<Reason, "protocol" | "cause" | "text">;
  /** Where it says so. */
  readonly shows: Evidence;
}

/** What a request that ends a call complains of, if anything. A status code says less than what a network or product says beside it. RFC 3326 §1, §2 */
export function endReasonOf(request: SipRequest): EndReason | undefined {
  if (!request.has(reason)) return asteriskReason(request);
  const complaints = request.all(reason).flatMap((value, index) => {
    const cause = causeOf(value);
    return cause === undefined ? [] : [{ cause, value, shows: { message: request, field: reason, index } }];
  });
  return complaints.find(({ value }) => value.protocol.toUpperCase() !== "SIP") ?? complaints[0];
}

/** The older channel driver of Asterisk gives its ISDN cause in a header field of its own. */
function asteriskReason(request: SipRequest): EndReason | undefined {
  const number = q850CauseOf(request) ?? 0;
  const cause = isdnCause(number);
  return cause && { cause, value: { protocol: "Q.850", cause: number }, shows: q850Evidence(request) };
}

function causeOf({ protocol, cause = 0 }: Reason): EndCause | undefined {
  switch (protocol.toUpperCase()) {
    case "Q.850":
      return isdnCause(cause);
    case "SIP":
      return sipCause(cause);
    case "RELEASE_CAUSE":
      return RELEASE_CAUSES.get(cause);
    case "FAILURE_CAUSE":
      return cause >= 1 && cause <= 3 ? "network-failure" : undefined;
    case "PREEMPTION":
      return "preempted";
    case "FREESWITCH":
      return FREESWITCH_CAUSES.get(cause);
    default:
      return undefined;
  }
}

/** Normal clearing, non-selected user clearing, response to STATUS ENQUIRY, normal. ITU-T Q.850 §2.2 */
const NORMAL: ReadonlySet<number> = new Set([16, 26, 30, 31]);
/** Destination, channel, network, equipment, resources, service: what breaks on the way. ITU-T Q.850 §2.2 */
const NETWORK: ReadonlySet<number> = new Set([25, 27, 34, 38, 39, 40, 41, 42, 43, 44, 46, 47, 49, 58, 63]);
/** Numbers that are not there, and called parties that are busy, away or do not want to. */
const NOT_REACHED: ReadonlySet<number> = new Set([1, 3, 17, 18, 19, 20, 21, 22, 28]);
const PREEMPTED: ReadonlySet<number> = new Set([8, 9]);
/** Recovery on timer expiry. */
const TIMER = 102;
/** Invalid message, protocol error. */
const PROTOCOL = { from: 95, to: 111 } as const;

function isdnCause(cause: number): EndCause | undefined {
  if (cause < 1 || cause > 127 || NORMAL.has(cause)) return undefined;
  if (cause === TIMER) return "timer-expired";
  if (cause >= PROTOCOL.from && cause <= PROTOCOL.to) return "protocol-error";
  if (PREEMPTED.has(cause)) return "preempted";
  if (NETWORK.has(cause)) return "network-failure";
  return NOT_REACHED.has(cause) ? "onward-failed" : "other-reason";
}

/** The same as status codes. */
const NOT_REACHED_CODES: ReadonlySet<number> = new Set([404, 410, 480, 484, 486, 600, 603, 604]);
/** Questions, and the end of an INVITE that was cancelled. */
const NO_COMPLAINT: ReadonlySet<number> = new Set([401, 407, 487]);

function sipCause(cause: number): EndCause | undefined {
  if (cause < 400 || cause >= 700) return cause >= 800 ? FREESWITCH_CAUSES.get(cause) : undefined;
  if (cause === 408 || cause === 504) return "timer-expired";
  // What the call runs on could not be had, or was lost. RFC 3312 §8
  if (cause === 580) return "network-failure";
  if (cause >= 500 && cause < 600) return "server-failure";
  if (NO_COMPLAINT.has(cause)) return undefined;
  return NOT_REACHED_CODES.has(cause) ? "onward-failed" : "other-reason";
}

/** ALLOTTED_TIMEOUT and MEDIA_TIMEOUT of FreeSWITCH: older versions have the first numbers, and newer ones those from 800, which they also give as `SIP`. */
const FREESWITCH_CAUSES: ReadonlyMap<number, EndCause> = new Map([
  [602, "time-limit"],
  [604, "media-timeout"],
  [802, "time-limit"],
  [804, "media-timeout"],
]);

/** RTP or RTCP, the bearer, ACK, a response: what mobile networks and phones wait for in vain. 3GPP TS 24.229 §7.2A.18 */
const RELEASE_CAUSES: ReadonlyMap<number, EndCause> = new Map([
  [2, "media-timeout"],
  [3, "network-failure"],
  [4, "timer-expired"],
  [5, "timer-expired"],
]);
