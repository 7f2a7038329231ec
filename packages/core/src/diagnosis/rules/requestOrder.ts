import { type Dialog, dialogOf } from "../../dialog/dialog.ts";
import type { SipMessage } from "../../message/message.ts";
import { hasDescription } from "../../sdp/sessionDescription.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { microsBetween } from "../elapsed.ts";

/** A request inside a dialog that its receiver must refuse with 500, and the earlier one that shows why. */
export interface OutOfOrder {
  readonly cause: "cseq-lower" | "overlapping-invite";
  readonly earlier: Transaction;
  /** False where the earlier one may have been answered without that being in the capture. */
  readonly isProven: boolean;
}

/** A 500 to a request whose CSeq is lower than one before, or to a change inside a change. RFC 3261 §12.2.2, §14.2; RFC 3311 §5.2 */
export function outOfOrder(root: Transaction, dialogs: readonly Dialog[]): OutOfOrder | undefined {
  if (root.finalResponse?.statusCode !== 500 || root.request === undefined || root.request.toTag === "")
    return undefined;
  const dialog = dialogOf(root, dialogs);
  if (dialog === undefined) return undefined;
  const before = [dialog.invite, ...dialog.requests].filter(
    ({ index, first }) => index < root.index && first.fromTag === root.first.fromTag,
  );
  const higher = before.findLast(({ cseqNumber }) => cseqNumber > root.cseqNumber);
  if (higher !== undefined) return { cause: "cseq-lower", earlier: higher, isProven: true };
  if (root.method !== "INVITE" && root.method !== "UPDATE") return undefined;
  const acknowledged = acknowledgedBefore(root, dialog);
  const open = before.findLast(
    (earlier) => isOpenAt(earlier, root, acknowledged) && mayNotOverlap(earlier, root, dialog),
  );
  if (open === undefined) return undefined;
  return { cause: "overlapping-invite", earlier: open, isProven: open.finalResponse !== undefined };
}

/** An INVITE in an INVITE, an UPDATE in an UPDATE, and an UPDATE with an offer while one is unanswered. RFC 3261 §14.2, RFC 3311 §5.2 */
function mayNotOverlap(earlier: Transaction, root: Transaction, dialog: Dialog): boolean {
  const { method, request } = root;
  if (method === "INVITE") return earlier.method === "INVITE";
  if (earlier.method === "UPDATE") return true;
  return describes(request) && describes(earlier.request) && !isAnsweredEarly(earlier, root, dialog);
}

function describes(message: SipMessage | undefined): boolean {
  return message !== undefined && hasDescription(message);
}

/** A provisional response may have answered the offer, if it was a reliable one. RFC 3262 §5 */
function isAnsweredEarly(
  { responses }: Transaction,
  { first }: Transaction,
  { callerTag, calleeTag }: Dialog,
): boolean {
  return responses.some(
    (response) =>
      response.packet.timeMicros <= first.packet.timeMicros &&
      (response.toTag === calleeTag || response.toTag === callerTag) &&
      describes(response),
  );
}

/** CSeq numbers of the INVITEs that this side acknowledged before. */
function acknowledgedBefore({ index, first }: Transaction, { acks }: Dialog): ReadonlySet<number> {
  return new Set(
    acks.flatMap((ack) => (ack.index < index && ack.first.fromTag === first.fromTag ? [ack.cseqNumber] : [])),
  );
}

/**
 * True where the first one had no final response yet when the other came. One without any in view counts for as long as its sender waits,
 * unless an ACK shows that there was one.
 */
function isOpenAt(earlier: Transaction, { first }: Transaction, acknowledged: ReadonlySet<number>): boolean {
  const { finalResponse, cseqNumber } = earlier;
  if (finalResponse !== undefined) return finalResponse.packet.timeMicros >= first.packet.timeMicros;
  if (earlier.acks.length > 0 || acknowledged.has(cseqNumber)) return false;
  return microsBetween(earlier.first, first) < timerB;
}
