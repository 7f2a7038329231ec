import type { Dialog } from "../../dialog/dialog.ts";
import { event } from "../../message/event.ts";
import { join } from "../../message/join.ts";
import type { HeaderField } from "../../message/headerField.ts";
import { rack } from "../../message/rack.ts";
import { replaces } from "../../message/replaces.ts";
import { to } from "../../message/to.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Context, Evidence, Missing, Rule, Verdict } from "../rule.ts";
import { logOf, secondsBetween } from "../wording.ts";
import { crossedAnswer } from "./crossedAnswer.ts";
import { isRefusedRefresh } from "./sessionTimer.ts";

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
    const dialog = dialogOf(root, context);
    if (dialog !== undefined && crossesBye(root, dialog)) return undefined;
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
        client: root.client.text,
        origin: origin.endpoint.text,
        method: root.method,
        fromTag: request.fromTag,
        toTag: request.toTag,
        knownTags: knownTags(request.fromTag, context.leg.dialogs),
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

type Cause =
  | "tag-wrong-or-missing"
  | "other-server"
  | "already-ended"
  | "cancel-too-late"
  | "cancel-unmatched"
  | "subscription-over"
  | "prack-unmatched"
  | "replaces-unmatched";

const CITATIONS: Partial<Record<Cause, readonly string[]>> = {
  "already-ended": ["RFC 3261 §15.1.2"],
  "cancel-too-late": ["RFC 3261 §9.2"],
  "cancel-unmatched": ["RFC 3261 §9.1", "RFC 3261 §9.2"],
  "subscription-over": ["RFC 6665 §4.1.3"],
  "prack-unmatched": ["RFC 3262 §3"],
  "replaces-unmatched": ["RFC 3891 §3"],
};

interface Reasoned {
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

/** A NOTIFY of a transfer, a session refresh and a CANCEL that an answer crossed have rules of their own. */
function isOtherRules(root: Transaction, { leg }: Context): boolean {
  if (leg.referrals.some(({ notifies }) => notifies.includes(root))) return true;
  if (isRefusedRefresh(root, leg.dialogs)) return true;
  return root.cancels !== undefined && crossedAnswer(root.cancels) !== undefined;
}

function dialogOf(root: Transaction, { leg }: Context): Dialog | undefined {
  return leg.dialogs.find(({ requests }) => requests.includes(root));
}

/** Both sides hang up at once: the second BYE meets a call that has just ended, and that is all right. RFC 3261 §15.1.2 */
function crossesBye(root: Transaction, { requests }: Dialog): boolean {
  if (root.method !== "BYE") return false;
  const sentMicros = root.first.packet.timeMicros;
  return requests.some(
    ({ method, first, finalResponse }) =>
      method === "BYE" &&
      first.fromTag !== root.first.fromTag &&
      sentMicros <= (finalResponse?.packet.timeMicros ?? first.packet.timeMicros),
  );
}

function causeOf(root: Transaction, answer: Answer, dialog: Dialog | undefined, context: Context): Reasoned {
  const { request } = answer;
  if (root.method === "CANCEL") return cancelCause(root, context);
  if (root.method === "PRACK") return named("prack-unmatched", request.first(rack) !== undefined, answer, rack);
  if (root.method === "INVITE" && request.has(replaces)) return named("replaces-unmatched", true, answer, replaces);
  if (root.method === "INVITE" && request.has(join))
    return { ...named("replaces-unmatched", true, answer, join), citation: "RFC 3911 §4" };
  if (root.method === "NOTIFY" || root.method === "SUBSCRIBE") return subscriptionCause(root, answer);
  return dialog === undefined ? withoutDialog(root, answer, context) : insideDialog(root, answer, dialog);
}

/** Of a NOTIFY the capture may have missed the REFER or SUBSCRIBE that it belongs to: then its own rules would speak. */
function subscriptionCause({ method }: Transaction, { request, origin }: Answer): Reasoned {
  const shows = { message: request, field: event };
  if (method === "SUBSCRIBE") return { cause: "subscription-over", verdict: "certain", before: [], shows };
  return {
    cause: "subscription-over",
    verdict: "likely",
    before: [],
    shows,
    missing: [logOf(origin.endpoint, request.callId)],
  };
}

function named(cause: Cause, present: boolean, { request }: Answer, field: HeaderField<unknown>): Reasoned {
  const sent = present ? (request.values(field.name)[0] ?? "") : "";
  return { cause, verdict: "certain", before: [], shows: { message: request, field }, values: { sent } };
}

function cancelCause(cancel: Transaction, { leg }: Context): Reasoned {
  const invite = cancel.cancels ?? inviteLike(cancel, leg.transactions);
  const final = invite?.finalResponse;
  if (final !== undefined && final.packet.timeMicros <= cancel.first.packet.timeMicros) {
    const values = { inviteCode: final.statusCode, seconds: secondsBetween(final, cancel.first) };
    return { cause: "cancel-too-late", verdict: "certain", before: [final], values };
  }
  const differs = invite === undefined ? [] : differencesOf(invite, cancel);
  return {
    cause: "cancel-unmatched",
    verdict: differs.length > 0 ? "certain" : "indeterminate",
    before: invite === undefined ? [] : [invite.first],
    missing: differs.length > 0 ? [] : [logOf(cancel.server, cancel.first.callId)],
    values: { differs: differs.length > 0 ? differs.join(", ") : "Via branch, Request-URI" },
  };
}

function inviteLike(cancel: Transaction, transactions: readonly Transaction[]): Transaction | undefined {
  return transactions.findLast(
    ({ method, client, server, index, request }) =>
      method === "INVITE" &&
      request !== undefined &&
      index < cancel.index &&
      client.address === cancel.client.address &&
      server.address === cancel.server.address,
  );
}

/** In which of the parts that match a CANCEL to its INVITE they differ. RFC 3261 §9.1, §17.2.3 */
function differencesOf(invite: Transaction, cancel: Transaction): string[] {
  const differs: string[] = [];
  if (invite.branch !== cancel.branch) differs.push("Via branch");
  if (invite.cseqNumber !== cancel.cseqNumber) differs.push("CSeq");
  if (invite.request?.requestUri !== cancel.request?.requestUri) differs.push("Request-URI");
  if (invite.first.fromTag !== cancel.first.fromTag) differs.push("From tag");
  return differs;
}

/** The tags fit a call whose setup is in view. */
function insideDialog(root: Transaction, answer: Answer, dialog: Dialog): Reasoned {
  const { requests, invite } = dialog;
  const bye = requests.find(
    ({ method, index, finalResponse }) =>
      method === "BYE" && index < root.index && (finalResponse?.statusCode ?? 999) < 300,
  );
  if (bye !== undefined) {
    const values = { seen: "bye", seconds: secondsBetween(bye.first, root.first) };
    return { cause: "already-ended", verdict: "certain", before: [bye.first, bye.finalResponse!], values };
  }
  const refusal = dialog.answer === undefined ? invite.finalResponse : undefined;
  if (refusal !== undefined && refusal.packet.timeMicros <= root.first.packet.timeMicros) {
    const values = { seen: "refused", inviteCode: refusal.statusCode };
    return { cause: "already-ended", verdict: "certain", before: [refusal], values };
  }
  const expected = peerOf(root, dialog);
  const missing = [logOf(answer.origin.endpoint, root.first.callId)];
  if (expected !== undefined && expected.address !== answer.lastHop.server.address) {
    const before = dialog.answer === undefined ? [] : [dialog.answer];
    return { cause: "other-server", verdict: "likely", before, missing, values: { expected: expected.text } };
  }
  return { cause: "already-ended", verdict: "likely", before: [], missing, values: { seen: "complete" } };
}

/** Where requests in this direction have to arrive: the side of the call that did not send this one, as far as it is in view. */
function peerOf(root: Transaction, { callerTag, answer, invite }: Dialog): Transaction["server"] | undefined {
  return root.first.fromTag === callerTag ? answer?.packet.source : invite.client;
}

function withoutDialog(root: Transaction, answer: Answer, { leg }: Context): Reasoned {
  const { request, origin } = answer;
  const known = leg.dialogs.filter(({ invite }) => invite.index < root.index);
  if (known.length > 0 && !known.some((dialog) => fits(request.fromTag, request.toTag, dialog))) {
    const before = known.flatMap((dialog) => (dialog.answer === undefined ? [] : [tagEvidence(dialog.answer)]));
    return { cause: "tag-wrong-or-missing", verdict: "certain", before, shows: tagEvidence(request) };
  }
  const log = logOf(origin.endpoint, root.first.callId);
  return { cause: "already-ended", verdict: "indeterminate", before: [], missing: [log], values: { seen: "no" } };
}

function fits(fromTag: string, toTag: string, { callerTag, calleeTag }: Dialog): boolean {
  return (fromTag === callerTag && toTag === calleeTag) || (fromTag === calleeTag && toTag === callerTag);
}

function tagEvidence(message: Answer["request"] | Answer["response"]): Evidence {
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
