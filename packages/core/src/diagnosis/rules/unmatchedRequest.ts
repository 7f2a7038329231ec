import { byeOf, type Dialog } from "../../dialog/dialog.ts";
import { join } from "../../message/join.ts";
import type { HeaderField } from "../../message/headerField.ts";
import type { SipMessage, SipRequest, SipResponse } from "../../message/message.ts";
import { rack } from "../../message/rack.ts";
import { type Replaces, replaces } from "../../message/replaces.ts";
import { rseq } from "../../message/rseq.ts";
import { RETRIED } from "../../transaction/chain.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";
import type { Context, Evidence, Missing, Verdict } from "../rule.ts";
import { secondsBetween } from "../elapsed.ts";
import { beside, logOf } from "../missing.ts";
import { listed } from "../wording.ts";

/** Why a request met an element that does not know what it is about. */
export interface Reasoned {
  readonly cause: Cause;
  readonly verdict: Verdict;
  /** What came before and shows it. */
  readonly before: readonly Evidence[];
  /** What of the request shows it, where its start line does not. */
  readonly shows?: Evidence;
  readonly missing?: readonly Missing[];
  readonly citation?: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

type Cause =
  | "tag-wrong-or-missing"
  | "other-server"
  | "already-ended"
  | "not-answered-yet"
  | "cancel-too-late"
  | "cancel-unmatched"
  | "subscription-over"
  | "prack-unmatched"
  | "replaces-unmatched";

/** A CANCEL is for the INVITE whose branch it repeats. RFC 3261 §9.1, §9.2 */
export function cancelCause(cancel: Transaction, { leg }: Context): Reasoned {
  const like = inviteLike(cancel, leg.transactions);
  const own = cancel.cancels ?? like;
  const final = finalBefore(own, cancel);
  // One that was challenged or refused, while the next attempt is open: the CANCEL was made of the wrong one.
  const isOfEarlier = final !== undefined && final.statusCode >= 300 && like !== own && isOpen(like, cancel);
  if (final !== undefined && !isOfEarlier) {
    const values = { inviteCode: final.statusCode, seconds: secondsBetween(final, cancel.first) };
    // After some refusals the client asks once more: the CANCEL may be for that request, which the capture may have missed.
    const isProven = own === cancel.cancels && !RETRIED.has(final.statusCode);
    const missing = isProven ? [] : [beside(cancel.client)];
    return { cause: "cancel-too-late", verdict: isProven ? "certain" : "likely", before: [final], missing, values };
  }
  const invite = isOfEarlier ? like : own;
  const differs = invite === undefined ? [] : differencesOf(invite, cancel);
  // With another CSeq number there may be an INVITE of that number, which the capture missed.
  const isProven = isOfEarlier || invite?.cseqNumber === cancel.cseqNumber;
  const missing = differs.length === 0 ? [logOf(cancel.server, cancel.first.callId)] : [beside(cancel.client)];
  return {
    cause: "cancel-unmatched",
    verdict: differs.length === 0 ? "indeterminate" : isProven ? "certain" : "likely",
    before: invite === undefined ? [] : [invite.first],
    missing: differs.length > 0 && isProven ? [] : missing,
    values: { differs: invite === undefined ? "unseen" : listed(differs) },
  };
}

function inviteLike(cancel: Transaction, transactions: readonly Transaction[]): Transaction | undefined {
  return transactions.findLast(
    ({ method, client, server, index, request }) =>
      method === "INVITE" &&
      request !== undefined &&
      index < cancel.index &&
      client.host === cancel.client.host &&
      server.host === cancel.server.host,
  );
}

function finalBefore(invite: Transaction | undefined, { first }: Transaction): Transaction["finalResponse"] {
  const final = invite?.finalResponse;
  return final !== undefined && final.packet.timeMicros <= first.packet.timeMicros ? final : undefined;
}

function isOpen(invite: Transaction | undefined, at: Transaction): boolean {
  return invite !== undefined && finalBefore(invite, at) === undefined;
}

/** In which of the parts that match a CANCEL to its INVITE they differ. RFC 3261 §9.1, §17.2.3 */
function differencesOf(invite: Transaction, cancel: Transaction): string[] {
  const differs: string[] = [];
  if (invite.branch !== cancel.branch) differs.push("Via branch");
  if (invite.cseqNumber !== cancel.cseqNumber) differs.push("CSeq");
  if (invite.request !== undefined && invite.request.requestUri !== cancel.request?.requestUri)
    differs.push("Request-URI");
  if (invite.first.fromTag !== cancel.first.fromTag) differs.push("From tag");
  return differs;
}

/** Undefined where a reliable provisional response waits for this PRACK: then its receiver does not know the call. RFC 3262 §3 */
export function prackCause(prack: Transaction, { request, origin }: Answer, { leg }: Context): Reasoned | undefined {
  const sent = request.first(rack);
  const before = leg.roots.filter(({ index, first }) => index < prack.index && first.fromTag === request.fromTag);
  const invites = before.filter(({ method }) => method === "INVITE");
  if (invites.length > 0 && !invites.some((invite) => isOpen(invite, prack))) return undefined;
  const reliable = invites
    .flatMap(hops)
    .flatMap(({ responses }) => responses)
    .filter(
      (response) => response.first(rseq) !== undefined && response.packet.timeMicros <= prack.first.packet.timeMicros,
    );
  const isSecond = before.some((earlier) => acknowledgesSame(earlier, request));
  if (!isSecond && reliable.some((response) => fitsRAck(response, request))) return undefined;
  // The numbers rise: what comes after those in view may be of a response that the capture lacks.
  const own = reliable.filter(({ toTag }) => toTag === prack.first.toTag);
  const isProven = isSecond || sent === undefined || own.some((response) => response.first(rseq)! >= sent.rseq);
  const missing = isProven ? [] : [logOf(origin.endpoint, request.callId)];
  return { ...named("prack-unmatched", request, rack), verdict: isProven ? "certain" : "likely", missing };
}

function fitsRAck(response: SipResponse, prack: SipRequest): boolean {
  const sent = prack.first(rack);
  return (
    response.first(rseq) === sent?.rseq && response.cseqNumber === sent?.cseqNumber && response.toTag === prack.toTag
  );
}

/** Only the first one that is taken counts. */
function acknowledgesSame({ method, request, finalResponse }: Transaction, prack: SipRequest): boolean {
  const [earlier, sent] = [request?.first(rack), prack.first(rack)];
  return (
    method === "PRACK" &&
    request?.toTag === prack.toTag &&
    earlier?.rseq === sent?.rseq &&
    earlier?.cseqNumber === sent?.cseqNumber &&
    (finalResponse?.statusCode ?? 999) < 300
  );
}

/** It has no such call, or one that only rings there: that it may not give away. RFC 3891 §3, RFC 3911 §4 */
export function replacesCause({ request, response, origin, lastHop }: Answer, { call }: Context): Reasoned {
  if (!request.has(replaces)) return { ...named("replaces-unmatched", request, join), citation: "RFC 3911 §4" };
  const reasoned = named("replaces-unmatched", request, replaces);
  const dialog = replacedDialog(request.first(replaces), lastHop.server.address, call);
  if (dialog === undefined) return reasoned;
  const stages = stagesOf(dialog);
  const last = stages.find(({ packet }) => packet.timeMicros <= response.packet.timeMicros);
  const missing = [logOf(origin.endpoint, request.callId)];
  if (last === undefined) {
    const early = { ...reasoned, before: [dialog.invite.first], values: { ...reasoned.values, seen: "early" } };
    // Only what came of it later shows that it still rang: the answer may be what the capture missed.
    return stages.length > 0 ? early : { ...early, verdict: "likely", missing };
  }
  return isUp(last, dialog) ? { ...reasoned, verdict: "likely", before: [last], missing } : reasoned;
}

/** Of the calls to the side that is asked: `to-tag` is its own tag. RFC 3891 §3 */
function replacedDialog(wanted: Replaces | undefined, address: string, { legs }: Context["call"]): Dialog | undefined {
  return legs
    .flatMap(({ dialogs }) => dialogs)
    .find(
      ({ callId, callerTag, calleeTag, invite }) =>
        callId === wanted?.callId &&
        callerTag === wanted.fromTag &&
        calleeTag === wanted.toTag &&
        hops(invite).some(({ server }) => server.address === address),
    );
}

function isUp(last: SipMessage, { answer, acks }: Dialog): boolean {
  return last === answer || last === acks[0]?.first;
}

/** What ended a dialog or made it more than early, the last first. The ACK shows an answer that the capture missed. */
function stagesOf(dialog: Dialog): SipMessage[] {
  const { answer, acks, invite } = dialog;
  return [
    byeOf(dialog)?.first,
    answer ?? acks[0]?.first,
    invite.cancel?.first,
    answer === undefined ? invite.finalResponse : undefined,
  ].filter((each) => each !== undefined);
}

function named(cause: Cause, request: Answer["request"], field: HeaderField<unknown>): Reasoned {
  const sent = request.values(field.name)[0] ?? "";
  return { cause, verdict: "certain", before: [], shows: { message: request, field }, values: { sent } };
}
