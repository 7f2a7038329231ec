import type { EndedCall } from "../../call/callTracker.ts";
import type { Incident } from "../../capture/incident.ts";
import type { SipResponse } from "../../message/message.ts";
import type { Packet } from "../../network/packet.ts";
import type { OtherAttempt } from "../attempts.ts";
import type { MetLimit } from "../callLoad.ts";
import type { FindingRecord } from "../callRecord.ts";
import type { ClockSpan } from "../clockSpan.ts";
import type { JudgedEvent } from "../networkEvents.ts";
import type { DigestFunction, Password } from "../passwordProof.ts";
import type { QuietRequest } from "../phoneFlows.ts";
import type { Judgement } from "../recordCall.ts";

/** A call that is over, with what was known of the load of the servers that refused it, of other attempts, and of what servers answered meanwhile. */
export interface JudgedCall extends Omit<EndedCall, "callIds"> {
  readonly limits: readonly MetLimit[];
  readonly otherAttempts: readonly OtherAttempt[];
  readonly answersMeanwhile: readonly Packet[];
  /** How far the clocks of its captures may still be apart; 0 where that is known exactly. */
  readonly clockMarginMicros: number;
  /** Where it, or more about it, was seen by clocks that nothing ties together: all of them. Otherwise empty. */
  readonly clocks: readonly ClockSpan[];
}

/** What a judge must be told, in this order: a call is judged by what is known when it ends. */
export interface CallJudge {
  judge(call: JudgedCall): void;
  addEvent(event: JudgedEvent): void;
  addRegistration(response: SipResponse): void;
  addQuietRequest(packet: Packet, quiet: QuietRequest): void;
  /** All has been told. What it knows of the captures as a whole, when every call is judged. */
  finish(): Promise<JudgeSummary> | JudgeSummary;
}

/** What can be said of the captures when all calls are judged. */
export interface JudgeSummary {
  /** Registrations that were forgotten. */
  readonly droppedRegistrations: number;
  readonly incidents: readonly Incident[];
  /** What shows in many calls together. */
  readonly findings: readonly FindingRecord[];
  /** Connections that were not opened and are told with calls: `notToldWithCalls`. */
  readonly toldFailures: readonly string[];
}

export interface JudgeOptions {
  /** Include every message of every call, which a ladder needs. */
  readonly messages?: boolean;
  /** Passwords with which digests are proven right or wrong; `digest` must be given too. They get into no report. */
  readonly credentials?: readonly Password[];
  /**
   * Of calls that are alike in outcome and findings, only so many are told whole, the first to begin; of the others a report has `id`, `kind`,
   * `outcome`, and of their findings what they are grouped by. Asking for more throws. All are told whole unless given; needs a `recordSpace`.
   */
  readonly toldAlike?: number;
  /** The platform's hashes, such as those of `node:crypto`. Without them nothing is proven. */
  readonly digest?: DigestFunction;
}

export interface JudgeSettings extends JudgeOptions {
  /** How many captures there are, by which frames are named. */
  readonly captures: number;
}

/** `order` is that of the call. Its record must be asked for before this returns, or never. */
export type OnJudged = (order: number, judgement: Judgement) => void;
