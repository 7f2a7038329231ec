import { parseMessage } from "../message/parseMessage.ts";
import type { MessagePeek } from "../message/peekMessage.ts";
import { subscriptionState } from "../message/subscriptionState.ts";
import { indexedText, type MessageIndex, PLACE } from "../network/messageIndex.ts";
import type { Endpoint, Packet } from "../network/packet.ts";
import { timerB, timerC } from "../transaction/timers.ts";
import type { Hop } from "./concurrentLegs.ts";
import type { LinkClue } from "./linkLegs.ts";
import type { PacketRef } from "./packetStore.ts";
import type { AskedRequest } from "./unansweredRequests.ts";

/** After these, nothing more is expected: 64*T1 for retransmissions, and some seconds for two taps' clocks. */
const LINGER_MICROS = timerB + 8_000_000;
/** An INVITE may ring as long as timer C of each proxy on the way. */
const RINGING_MICROS = 600_000_000;
/** A call that is up may be silent for as long as people talk; session timers are refreshed more often. RFC 4028 §4 */
const TALKING_MICROS = 4 * 3600_000_000;
/** A binding is refreshed within an hour by nearly everybody. RFC 3261 §10.2.1.1 */
const BOUND_MICROS = 2 * 3600_000_000;
/** How long what comes of a REFER is waited for beyond a BYE, where no NOTIFY says how long: as timer C. RFC 3261 §16.6 step 11, RFC 3515 §2.4.4 */
const REPORTED_MICROS = timerC;
/** Of one call, without a final response at a time, and those that answered one INVITE; more are not waited for. */
const MAX_INVITES = 64;
/** What they set up lasts beyond their 2xx; for a REFER, until it is told what came of it. RFC 3515 §2.4.4 */
const LASTING: ReadonlySet<string> = new Set(["INVITE", "REGISTER", "SUBSCRIBE", "REFER"]);
/** Nothing lasts of these, and their client waits no longer than timer F. RFC 3261 §17.1.2.2 */
const BRIEF: ReadonlySet<string> = new Set(["OPTIONS", "MESSAGE", "PUBLISH", "INFO"]);
/** Requests with a To tag that do not show that the dialog is up. */
const NOT_OF_ESTABLISHED: ReadonlySet<string> = new Set(["ACK", "BYE", "CANCEL", "PRACK"]);
/** Where these find no dialog, there is none any more. RFC 5057 §5.1 */
const DIALOG_GONE_WITH: ReadonlySet<string> = new Set(["INVITE", "UPDATE", "INFO"]);

/** Two messages of different Call-IDs with the same clue. */
export interface ClueMatch {
  readonly clue: LinkClue;
  readonly callIds: readonly [string, string];
  readonly packets: readonly [Packet, Packet];
}

/** A packet of a leg. */
export interface LegPacket {
  readonly leg: OpenLeg;
  readonly index: number;
}

/** A `ClueMatch` while its call is open. */
export interface OpenMatch {
  readonly clue: LinkClue;
  readonly places: readonly [LegPacket, LegPacket];
}

/** What is kept of one Call-ID while its call is open. */
export interface OpenLeg {
  readonly callId: string;
  readonly packets: PacketRef[];
  /** Bytes of each of them. */
  readonly lengths: number[];
  /** Of the first request without a To tag; undefined where none has come. */
  client: Endpoint | undefined;
  server: Endpoint | undefined;
  readonly isRegistration: boolean;
  /** Opened by a SUBSCRIBE, or goes on with one that was. */
  readonly isSubscription: boolean;
  /** Opened by a request that sets nothing up. */
  readonly isBrief: boolean;
  lastMicros: number;
  /** Of the packet that came last. */
  lastCapture: number;
  lastFrame: number;
  /** A packet came after others of its capture that were captured later. */
  hasLate: boolean;
  /** The branches of INVITEs that open a dialog and have no final response yet. RFC 3261 §17.1.3 */
  invites: string[];
  /** A 2xx set something up that lasts, or it was up before the capture began. */
  confirmed: boolean;
  /** The tags of the first 2xx to an INVITE; `""` before it. */
  callerTag: string;
  calleeTag: string;
  /** Where a second one answered as well: the tag of each, and whether that dialog has ended. RFC 3261 §13.2.2.4 */
  answers: Map<string, boolean> | undefined;
  /** A REFER came outside of any dialog. */
  isReferral: boolean;
  /** Until then a NOTIFY may come that tells of a REFER, or what ends a re-INVITE that a BYE has overtaken; 0 where neither is due. */
  reportedUntilMicros: number;
  /** A re-INVITE has no final response yet. */
  isChanging: boolean;
  /** A BYE came for each dialog: no more than reports on a REFER are expected. */
  hungUp: boolean;
  /** Nothing more is expected but retransmissions. */
  ended: boolean;
  /** The latest request outside of a dialog; undefined when the side that it went to has answered. */
  asked: AskedRequest | undefined;
  /** Where its INVITEs went; undefined before there is one. */
  hops: Hop[] | undefined;
  /** Which packet is the refusal after which its client may ask again, and has not under this Call-ID; -1 where none is. */
  refusedAt: number;
  gone: boolean;
}

/** A clue of a message of an open call. */
export interface OfferedClue {
  readonly clue: LinkClue;
  readonly place: LegPacket;
}

/** A call that may still go on. */
export interface OpenCall {
  order: number;
  /** When to look whether it is over; never later than its deadline. */
  dueMicros: number;
  legs: OpenLeg[];
  links: OpenMatch[];
  /** What a leg that comes later may have as well: `OfferedClues`. */
  offered: OfferedClue[];
  gone: boolean;
}

/** True for a request that sets nothing up, outside of a dialog. */
export function isBrief({ method, hasToTag }: MessagePeek): boolean {
  return BRIEF.has(method) && !hasToTag;
}

/** Keeps what decides how long to wait for more: is the call up, is it over? True where the message ended it, but for reports on a REFER. */
export function noteState(leg: OpenLeg, packet: Packet, peek: MessagePeek): boolean {
  const { ended, hungUp } = leg;
  if (peek.kind === "request") noteRequestState(leg, packet, peek);
  else if (peek.statusCode >= 200) noteFinalState(leg, packet, peek);
  if (leg.hungUp && leg.reportedUntilMicros <= packet.timeMicros) leg.ended = true;
  return (leg.ended && !ended) || (leg.hungUp && !hungUp);
}

function noteRequestState(leg: OpenLeg, packet: Packet, { method, hasToTag, index }: MessagePeek): void {
  if (method === "BYE") noteBye(leg, packet, index);
  else if (method === "INVITE" && hasToTag) leg.isChanging = true;
  else if (method === "INVITE" && !hasToTag) {
    leg.ended = leg.hungUp = false;
    const branch = indexedText(packet, index, PLACE.branch);
    if (!leg.invites.includes(branch) && leg.invites.length < MAX_INVITES) leg.invites.push(branch);
  }
  if (hasToTag && leg.invites.length === 0 && !NOT_OF_ESTABLISHED.has(method)) leg.confirmed = true;
  if (method === "REFER") {
    leg.isReferral ||= !hasToTag;
    leg.reportedUntilMicros = packet.timeMicros + REPORTED_MICROS;
  } else if (method === "NOTIFY" && leg.reportedUntilMicros > 0) noteReport(leg, packet);
}

function noteBye(leg: OpenLeg, packet: Packet, index: MessageIndex): void {
  leg.hungUp ||= isLastBye(leg, packet, index);
  // A proxy that waits for the answer ends it by timer C. RFC 3261 §16.8
  if (leg.hungUp && leg.isChanging)
    leg.reportedUntilMicros = Math.max(leg.reportedUntilMicros, packet.timeMicros + REPORTED_MICROS);
}

/** Where several have answered, one of them may be sent a BYE at once while the call goes on with another. RFC 3261 §13.2.2.4 */
function isLastBye({ answers }: OpenLeg, packet: Packet, index: MessageIndex): boolean {
  if (answers === undefined) return true;
  const from = indexedText(packet, index, PLACE.fromTag);
  const tag = answers.has(from) ? from : indexedText(packet, index, PLACE.toTag);
  if (!answers.has(tag)) return true;
  answers.set(tag, true);
  for (const isOver of answers.values()) if (!isOver) return false;
  return true;
}

/** How long the subscription that a REFER has made goes on. RFC 3515 §2.4.7 */
function noteReport(leg: OpenLeg, packet: Packet): void {
  const said = parseMessage(packet)?.first(subscriptionState);
  if (said === undefined) return;
  if (said.state === "terminated") {
    leg.reportedUntilMicros = 0;
    if (leg.isReferral) leg.ended = true;
  } else if (said.expiresSeconds !== undefined)
    leg.reportedUntilMicros = packet.timeMicros + Math.min(said.expiresSeconds * 1e6, RINGING_MICROS);
}

function noteFinalState(leg: OpenLeg, packet: Packet, { method, statusCode, index }: MessagePeek): void {
  const isSuccess = statusCode < 300;
  if (method === "INVITE") leg.isChanging = false;
  if (method === "INVITE" && isSuccess) noteAnswer(leg, packet, index);
  // No report comes of a REFER that was refused, nor from where the subscription is unknown. RFC 6665 §4.2.2
  if ((method === "REFER" && !isSuccess) || (method === "NOTIFY" && statusCode === 481)) leg.reportedUntilMicros = 0;
  if (statusCode === 481 && DIALOG_GONE_WITH.has(method) && leg.invites.length === 0) leg.ended = true;
  if (isSuccess && LASTING.has(method)) noteSetUp(leg, method);
  else if (!leg.confirmed) {
    if (method === (isSuccess ? "CANCEL" : "INVITE")) noteEndOfInvite(leg, indexedText(packet, index, PLACE.branch));
    // A PRACK, an UPDATE or a CANCEL that fits nothing may be answered while it rings.
    leg.ended = leg.invites.length === 0;
  }
}

function noteAnswer(leg: OpenLeg, packet: Packet, index: MessageIndex): void {
  const callerTag = indexedText(packet, index, PLACE.fromTag);
  const calleeTag = indexedText(packet, index, PLACE.toTag);
  if (leg.calleeTag === "") {
    leg.callerTag = callerTag;
    leg.calleeTag = calleeTag;
  } else if (leg.callerTag === callerTag && leg.calleeTag !== calleeTag) {
    leg.answers ??= new Map([[leg.calleeTag, leg.hungUp]]);
    if (!leg.answers.has(calleeTag) && leg.answers.size < MAX_INVITES) leg.answers.set(calleeTag, false);
  }
}

/** Another branch may have been refused before, or the same request without credentials. */
function noteSetUp(leg: OpenLeg, method: string): void {
  if (!leg.confirmed) leg.ended = false;
  leg.confirmed = true;
  if (method === "INVITE") leg.invites = [];
}

/** The first is the caller's: with it all are over that a proxy made of it, also those whose end is not in the capture. RFC 3261 §16.7 */
function noteEndOfInvite(leg: OpenLeg, branch: string): void {
  const at = leg.invites.indexOf(branch);
  if (at >= 0) leg.invites.splice(at, at === 0 ? leg.invites.length : 1);
}

/** When the call is taken as over if nothing more comes, microseconds since the epoch. */
export function deadlineOf(call: OpenCall): number {
  let deadline = Number.NEGATIVE_INFINITY;
  for (const leg of call.legs) deadline = Math.max(deadline, leg.lastMicros + idleMicros(leg));
  return deadline;
}

function idleMicros(leg: OpenLeg): number {
  if (leg.ended) return LINGER_MICROS;
  if (leg.hungUp) return LINGER_MICROS + Math.max(0, leg.reportedUntilMicros - leg.lastMicros);
  if (!leg.confirmed) return leg.isBrief && leg.invites.length === 0 ? LINGER_MICROS : RINGING_MICROS;
  return leg.isRegistration ? BOUND_MICROS : TALKING_MICROS;
}
