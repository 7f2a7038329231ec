import { type Dialog, dialogOf } from "../../dialog/dialog.ts";
import { contact } from "../../message/contact.ts";
import { event } from "../../message/event.ts";
import { join } from "../../message/join.ts";
import type { SipMessage, SipResponse } from "../../message/message.ts";
import { replaces } from "../../message/replaces.ts";
import { to } from "../../message/to.ts";
import { parseUri } from "../../message/uri.ts";
import { firstHop, hops, isSuccess, ringing, type Transaction } from "../../transaction/transaction.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Context, Evidence, Missing, Rule } from "../rule.ts";
import { secondsBetween } from "../elapsed.ts";
import { logOf } from "../missing.ts";
import { ackMissing } from "./ack-missing.ts";
import { byeInstead } from "./byeInstead.ts";
import { crossedAnswer } from "./crossedAnswer.ts";
import { isNothingNew, refusalOf } from "./nothingNew.ts";
import { cancelCause, prackCause, type Reasoned, replacesCause } from "./unmatchedRequest.ts";

const UNKNOWN: ReadonlySet<number> = new Set([481]);

/** A request inside a call meets an element that does not have the call. RFC 3261 §12.2.2, §9.2, §15.1.2 */
export const dialogUnknown: Rule<"transaction", "dialog-unknown"> = {
  id: "dialog-unknown",
  inspects: "transaction",
  citations: ["RFC 3261 §12.2.2"],
  restsOnSides: ["cancel-unmatched"],
  finalStatusCodes: UNKNOWN,
  check(root, context) {
    const answer = answerOf(root, UNKNOWN, context);
    if (answer === undefined || isOtherRules(root, context)) return undefined;
    const dialog = dialogOf(root, context.leg.dialogs);
    if (isNothingNew(root, answer, dialog)) return undefined;
    const reasoned = causeOf(root, answer, dialog, context);
    const { response, minted, origin, request } = answer;
    return {
      verdict: reasoned.verdict,
      cause: reasoned.cause,
      response,
      origin,
      evidence: [...reasoned.before, reasoned.shows ?? request, minted],
      missing: reasoned.missing ?? [],
      citations: reasoned.citation === undefined ? CITATIONS[reasoned.cause] : [reasoned.citation],
      values: {
        client: firstHop(root).client.text,
        origin: origin.endpoint.text,
        method: root.method,
        fromTag: request.fromTag,
        toTag: request.toTag,
        knownTags: knownTags(request.fromTag, answered(context.leg.dialogs)),
        expected: "",
        seen: "",
        seconds: 0,
        inviteCode: 0,
        differs: "",
        sent: "",
        ...reasoned.values,
      },
    };
  },
};

const CITATIONS: Partial<Record<Reasoned["cause"], readonly string[]>> = {
  "already-ended": ["RFC 3261 §15.1.2"],
  "not-answered-yet": ["RFC 3261 §9.1", "RFC 3261 §15"],
  "cancel-too-late": ["RFC 3261 §9.2"],
  "cancel-unmatched": ["RFC 3261 §9.1", "RFC 3261 §9.2"],
  "subscription-over": ["RFC 6665 §4.1.3"],
  "prack-unmatched": ["RFC 3262 §3"],
  "replaces-unmatched": ["RFC 3891 §3"],
};

/** A NOTIFY of a transfer, a CANCEL that an answer crossed and a call that was never quite set up have rules of their own. */
function isOtherRules(root: Transaction, context: Context): boolean {
  const { leg } = context;
  if (leg.referrals.some(({ notifies }) => notifies.includes(root))) return true;
  if (root.method === "BYE" && isOfUnfinishedCall(root, context)) return true;
  return root.cancels !== undefined && crossedAnswer(root.cancels) !== undefined;
}

/** The called side gives up a call that the caller does not know to be answered: its 2xx or the ACK did not arrive. RFC 3261 §13.3.1.4 */
function isOfUnfinishedCall(bye: Transaction, context: Context): boolean {
  const dialog = dialogOf(bye, context.leg.dialogs);
  if (dialog === undefined || bye.first.fromTag !== dialog.calleeTag) return false;
  return byeInstead(dialog.invite, context) === bye || ackMissing.check(dialog, context) !== undefined;
}

function causeOf(root: Transaction, answer: Answer, dialog: Dialog | undefined, context: Context): Reasoned {
  const { request } = answer;
  if (root.method === "CANCEL") return cancelCause(root, context);
  if (root.method === "INVITE" && (request.has(replaces) || request.has(join))) return replacesCause(answer, context);
  const isOfSubscription = root.method === "NOTIFY" || (root.method === "SUBSCRIBE" && request.toTag !== "");
  if (isOfSubscription) return subscriptionCause(root, answer);
  const unmatched = root.method === "PRACK" ? prackCause(root, answer, context) : undefined;
  if (unmatched !== undefined) return unmatched;
  return dialog === undefined ? withoutDialog(root, answer, context) : insideDialog(root, answer, dialog);
}

/** Of a NOTIFY the capture may have missed the REFER or SUBSCRIBE that it belongs to: then its own rules would speak. */
function subscriptionCause({ method }: Transaction, { request, origin }: Answer): Reasoned {
  const shows = { message: request, field: event };
  if (method === "SUBSCRIBE") return { cause: "subscription-over", verdict: "certain", before: [], shows };
  if (request.toTag === "") {
    const values = { seen: "unsolicited" };
    return { cause: "subscription-over", verdict: "certain", before: [{ message: request, field: to }], shows, values };
  }
  return {
    cause: "subscription-over",
    verdict: "likely",
    before: [],
    shows,
    missing: [logOf(origin.endpoint, request.callId)],
  };
}

/** The tags fit a call whose setup is in view. */
function insideDialog(root: Transaction, answer: Answer, dialog: Dialog): Reasoned {
  const bye = dialog.requests.find((earlier) => earlier.index < root.index && isBye(earlier));
  if (bye !== undefined) {
    const values = { seen: "bye", seconds: secondsBetween(bye.first, root.first) };
    const before = bye.finalResponse === undefined ? [bye.first] : [bye.first, bye.finalResponse];
    return { cause: "already-ended", verdict: "certain", before, values };
  }
  const missing = [logOf(answer.origin.endpoint, root.first.callId)];
  return (
    earlyDialogOver(root, dialog, missing) ??
    endedEarly(root, dialog) ??
    atOtherServer(root, answer, dialog, missing) ?? {
      cause: "already-ended",
      verdict: "likely",
      before: [],
      missing,
      values: { seen: "complete" },
    }
  );
}

/** It ends the call whatever is answered to it, unless it has to be sent again with credentials. RFC 3261 §15.1.1 */
function isBye({ method, finalResponse }: Transaction): boolean {
  const code = finalResponse?.statusCode;
  return method === "BYE" && code !== 401 && code !== 407;
}

/** An early dialog ends with a refusal of its INVITE, and with the answer of another branch. RFC 3261 §12.3, §13.2.2.4 */
function earlyDialogOver(
  root: Transaction,
  { answer, invite }: Dialog,
  missing: readonly Missing[],
): Reasoned | undefined {
  if (answer !== undefined) return undefined;
  const isBefore = ({ packet }: SipResponse): boolean => packet.timeMicros <= root.first.packet.timeMicros;
  const other = invite.responses.find((each) => isSuccess(each) && isBefore(each));
  if (other !== undefined)
    return {
      cause: "already-ended",
      verdict: "likely",
      before: [tagEvidence(other)],
      missing,
      values: { seen: "fork" },
    };
  const refusal = refusalOf(invite);
  if (refusal === undefined || !isBefore(refusal)) return undefined;
  const values = { seen: "refused", inviteCode: refusal.statusCode };
  return { cause: "already-ended", verdict: "certain", before: [refusal], values };
}

/** The caller hangs up what only rings. It may do that with a BYE, but a CANCEL is what every server knows for it. RFC 3261 §9.1, §15 */
function endedEarly({ method, first }: Transaction, { callerTag, answer, invite }: Dialog): Reasoned | undefined {
  const isEarly = answer === undefined || first.packet.timeMicros < answer.packet.timeMicros;
  if (method !== "BYE" || first.fromTag !== callerTag || !isEarly) return undefined;
  const rang = ringing(invite);
  return { cause: "not-answered-yet", verdict: "likely", before: rang === undefined ? [] : [rang] };
}

/** Behind a B2BUA the call has another dialog, of which that leg tells. */
function atOtherServer(
  root: Transaction,
  { lastHop }: Answer,
  dialog: Dialog,
  missing: readonly Missing[],
): Reasoned | undefined {
  const isToCallee = root.first.fromTag === dialog.callerTag;
  const shown = isToCallee ? shownByCallee(dialog) : dialog.invite.request;
  if (!hops(root).includes(lastHop)) return undefined;
  if (shown === undefined || addressesOf(shown, dialog, isToCallee).includes(lastHop.server.address)) return undefined;
  const before = shown.kind === "response" ? [shown] : [];
  const values = { expected: shown.packet.source.text };
  return { cause: "other-server", verdict: "likely", before, missing, values };
}

/** The response that came from nearest to the callee. */
function shownByCallee({ answer, invite, calleeTag }: Dialog): SipResponse | undefined {
  const responses = hops(invite).flatMap((hop) => hop.responses);
  return answer ?? responses.findLast(({ statusCode, toTag }) => statusCode > 100 && toTag === calleeTag);
}

/** Where requests to this side may arrive: whence it sent this, what it names as Contact, and where the ACK went. RFC 3261 §12.2.1.1 */
function addressesOf(shown: SipMessage, { acks }: Dialog, isToCallee: boolean): (string | undefined)[] {
  const uri = shown.first(contact)?.uri;
  const lastAcks = isToCallee ? acks.filter(({ downstream }) => downstream.length === 0) : [];
  return [
    shown.packet.source.address,
    uri === undefined ? undefined : parseUri(uri)?.host,
    ...lastAcks.map(({ server }) => server.address),
  ];
}

function withoutDialog(root: Transaction, answer: Answer, { leg }: Context): Reasoned {
  const { request, origin } = answer;
  const shows = tagEvidence(request);
  const refusal = root.method === "INVITE" ? refusalWithTag(root, leg.roots) : undefined;
  if (refusal !== undefined) {
    const values = { seen: "refusal", inviteCode: refusal.statusCode };
    return { cause: "tag-wrong-or-missing", verdict: "certain", before: [tagEvidence(refusal)], shows, values };
  }
  if (request.toTag === "" && INSIDE_DIALOGS.has(root.method))
    return { cause: "tag-wrong-or-missing", verdict: "certain", before: [], shows, values: { seen: "untagged" } };
  const log = logOf(origin.endpoint, root.first.callId);
  const known = answered(leg.dialogs).filter(({ invite }) => invite.index < root.index);
  // An ACK with these tags shows that there was such an answer.
  const isAcknowledged = leg.transactions.some(({ method, first }) => method === "ACK" && hasTagsOf(first, request));
  if (known.length > 0 && !isAcknowledged) {
    const before = known.flatMap((dialog) => (dialog.answer === undefined ? [] : [tagEvidence(dialog.answer)]));
    // The answer of another branch, which made a dialog of its own, may be what the capture missed. RFC 3261 §12.1.2
    return { cause: "tag-wrong-or-missing", verdict: "likely", before, shows, missing: [log] };
  }
  const seen = request.toTag === "" ? "initial" : "no";
  return { cause: "already-ended", verdict: "indeterminate", before: [], missing: [log], values: { seen } };
}

/** What is sent in no other place. RFC 3261 §15.1.1, RFC 3262 §3, RFC 3311 §5.1, RFC 6086 §4.2.1 */
const INSIDE_DIALOGS: ReadonlySet<string> = new Set(["BYE", "INFO", "PRACK", "UPDATE"]);

/** The refusal of an earlier INVITE whose To tag this one repeats: it made no dialog. RFC 3261 §8.1.3.5, §12.1 */
function refusalWithTag(root: Transaction, roots: readonly Transaction[]): SipResponse | undefined {
  const isRepeated = (earlier: Transaction): boolean =>
    earlier.method === "INVITE" && earlier.index < root.index && refusalOf(earlier)?.toTag === root.request?.toTag;
  return roots.find(isRepeated)?.finalResponse;
}

function answered(dialogs: readonly Dialog[]): readonly Dialog[] {
  return dialogs.filter(({ answer }) => answer !== undefined);
}

function hasTagsOf(message: SipMessage, { fromTag, toTag }: SipMessage): boolean {
  return (
    (message.fromTag === fromTag && message.toTag === toTag) || (message.fromTag === toTag && message.toTag === fromTag)
  );
}

function tagEvidence(message: SipMessage): Evidence {
  return { message, field: to };
}

/** The tags that would have fitted, in the order in which this side would write them. */
function knownTags(fromTag: string, dialogs: readonly Dialog[]): string {
  const dialog =
    dialogs.find(({ callerTag, calleeTag }) => fromTag === callerTag || fromTag === calleeTag) ?? dialogs[0];
  if (dialog === undefined) return "";
  const { callerTag, calleeTag } = dialog;
  return fromTag === calleeTag ? `${calleeTag}, ${callerTag}` : `${callerTag}, ${calleeTag}`;
}
