import type { SipResponse } from "../message/message.ts";
import { q850CauseOf } from "../message/q850Cause.ts";
import { timerB } from "../transaction/timers.ts";
import {
  endsWithEarlierRefusal,
  isSuccess,
  REQUEST_TERMINATED,
  ringing,
  timerFor,
  type Transaction,
} from "../transaction/transaction.ts";
import type { Call } from "./call.ts";
import { earlyBye } from "./earlyBye.ts";
import { meantStatus } from "./meantStatus.ts";

export type OutcomeKind =
  | "answered"
  | "cancelled"
  | "busy"
  | "declined"
  | "redirected"
  | "failed"
  | "unanswered"
  | "succeeded"
  | "in-progress"
  | "unknown";

/** What the caller got. */
export interface Outcome {
  readonly kind: OutcomeKind;
  readonly statusCode?: number;
}

/**
 * @param observedUntilMicros how far the capture runs, microseconds since the epoch: without a final answer a call is
 * unanswered only when the client's own timer ran out within the capture. RFC 3261 §17.1.1.2, §17.1.2.2
 */
export function outcomeOf(call: Call, observedUntilMicros: number): Outcome {
  const { attempt } = call;
  if (attempt === undefined) return { kind: "unknown" };
  const final = decidingResponse(attempt);
  if (final === undefined) return withoutFinal(attempt, call, observedUntilMicros);
  const { statusCode } = final;
  if (statusCode < 300) return { kind: call.kind === "call" ? "answered" : "succeeded", statusCode };
  // Only a change to a call was refused that was up before the capture began.
  if (call.kind === "call" && attempt.first.kind === "request" && attempt.first.toTag !== "")
    return { kind: "unknown" };
  return { kind: call.kind === "call" ? refusalKind(attempt, final) : failureKind(statusCode), statusCode };
}

/** Of a forked INVITE the 2xx counts, whatever else came. RFC 3261 §13.2.2.4 */
export function decidingResponse(attempt: Transaction): SipResponse | undefined {
  return attempt.responses.find(isSuccess) ?? attempt.finalResponse;
}

function withoutFinal(attempt: Transaction, call: Call, observedUntilMicros: number): Outcome {
  if (attempt.request === undefined) return { kind: "unknown" };
  if (attempt.method === "INVITE" && wasTaken(attempt, call)) return { kind: "answered" };
  if (attempt.acks.length > 0) return { kind: "unknown" };
  // A client gives up waiting for the 487 after 64*T1. RFC 3261 §9.1
  const cancelled = attempt.cancel?.request?.packet.timeMicros;
  if (cancelled !== undefined && observedUntilMicros - cancelled >= timerB) return { kind: "cancelled" };
  if (attempt.method === "INVITE" && wasHungUp(attempt, call)) {
    const leg = call.legs.find(({ callId }) => callId === attempt.first.callId);
    return { kind: leg !== undefined && earlyBye(attempt, leg) !== undefined ? "cancelled" : "unknown" };
  }
  const end = attempt.method === "INVITE" ? endOfCallee(attempt, call) : undefined;
  // The INVITE may still be ended by a 487. RFC 3261 §15.1.2
  if (end !== undefined && observedUntilMicros - end.first.packet.timeMicros >= timerB)
    return { kind: end.finalResponse?.statusCode === 481 ? "unanswered" : "unknown" };
  const waited = observedUntilMicros - attempt.first.packet.timeMicros;
  return { kind: waited > timerFor(attempt) ? "unanswered" : "in-progress" };
}

/** True where an ACK that is no part of the INVITE transaction shows that a 2xx came which the capture lacks. RFC 3261 §13.2.2.4 */
function wasTaken(attempt: Transaction, call: Call): boolean {
  return callersSome(attempt, call, ({ method, cseqNumber }) => method === "ACK" && cseqNumber === attempt.cseqNumber);
}

/** The caller hung up by BYE: it had got an answer that the capture lacks, or had only rung. RFC 3261 §15 */
function wasHungUp(attempt: Transaction, call: Call): boolean {
  return callersSome(attempt, call, ({ method }) => method === "BYE");
}

/** The BYE of the called side: who answers 481 to it has got no answer, of others the capture may lack it. RFC 3261 §15 */
function endOfCallee({ first }: Transaction, { legs }: Call): Transaction | undefined {
  return legs
    .find(({ callId }) => callId === first.callId)
    ?.roots.find(({ method, request }) => method === "BYE" && request?.toTag === first.fromTag);
}

/** The caller sent something of this kind within the same call leg. */
function callersSome({ first }: Transaction, { legs }: Call, isSought: (transaction: Transaction) => boolean): boolean {
  return legs.some(
    ({ callId, transactions }) =>
      callId === first.callId && transactions.some((other) => other.first.fromTag === first.fromTag && isSought(other)),
  );
}

function refusalKind(attempt: Transaction, final: SipResponse): OutcomeKind {
  if (endsWithEarlierRefusal(attempt)) return "cancelled";
  const statusCode = meantStatus(final.statusCode, q850CauseOf(final));
  if (statusCode < 400) return "redirected";
  if (statusCode === 486 || statusCode === 600) return "busy";
  if (statusCode === 603 || statusCode === 607 || statusCode === 608) return "declined";
  if (statusCode === REQUEST_TERMINATED) return "cancelled";
  const rang = ringing(attempt) !== undefined;
  return rang && (statusCode === 408 || statusCode === 480) ? "unanswered" : "failed";
}

function failureKind(statusCode: number): OutcomeKind {
  return statusCode < 400 ? "redirected" : "failed";
}
