import type { SipResponse } from "../../message/message.ts";
import { isRepeatedUntil } from "../../transaction/repetition.ts";
import { hops, REQUEST_TERMINATED, type Transaction } from "../../transaction/transaction.ts";
import type { ConnectionStalled, ConnectionUnacknowledged, TlsFailure } from "../../network/packet.ts";
import { type Answer, answerAsGiven, madeOf } from "../answer.ts";
import type { Context, Missing, Rule, Verdict } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { isBefore, millisBetween, secondsBetween } from "../elapsed.ts";
import { behind, logOf } from "../missing.ts";
import { listed } from "../wording.ts";
import { lostWhileRinging } from "./connection-lost.ts";
import { contactBehindNat } from "./contactBehindNat.ts";
import { deadConnection, stalledConnection } from "./deadConnection.ts";
import { type DeliveryFailure, deliveryFailure } from "./deliveryFailure.ts";
import { MADE_OF_WAITING, TIMED_OUT } from "./endedBehind.ts";
import { lostCancel } from "./lostCancel.ts";
import { type Meanwhile, meanwhileOf } from "./meanwhile.ts";
import { oversizedRequest } from "./oversizedRequest.ts";
import { refusedForWantOfPrack } from "./prack-missing.ts";
import { redirectTo } from "./redirectTo.ts";
import { sendFailure, tlsFailureOf } from "./sendFailure.ts";
import { sentOn } from "./sentOn.ts";

/** Faster than this no timer of SIP runs out. */
const AT_ONCE_SECONDS = 1;

/** A 408 or 504 came from the network. RFC 3261 §16.7, §16.8, §21.4.9, §21.5.5; RFC 4320 §4.2 */
export const requestTimedOut: Rule<"transaction", "request-timed-out"> = {
  id: "request-timed-out",
  inspects: "transaction",
  citations: ["RFC 3261 §21.4.9", "RFC 3261 §16.7"],
  finalStatusCodes: MADE_OF_WAITING,
  check(root, context) {
    const answer = answerAsGiven(root, context, MADE_OF_WAITING);
    if (answer === undefined || !isTimeOut(root, answer, context)) return undefined;
    if (lostWhileRinging(root, context) !== undefined) return undefined;
    if (oversizedRequest(root, context) !== undefined || refusedForWantOfPrack(root, context)) return undefined;
    const { asked, response, minted, origin, statusCode } = answer;
    const wait = waitOf(answer, context);
    const told = causeOf(root, answer, wait);
    if (told === undefined) return undefined;
    const { open, failure, progress, tlsFailure } = wait;
    const { cause, verdict } = told;
    const lost = cause === "not-answered" ? lostCancel(root, context) : undefined;
    const unreachable = lost?.event ?? (failure?.kind === "icmp-unreachable" ? failure : undefined);
    const isAtOnce = cause === "next-hop-silent" && verdict === "indeterminate";
    const isUnheard = cause === "next-hop-silent" || cause === "sent-to-non-invite";
    const hidden = isUnheard && open !== undefined ? contactBehindNat(silentEnd(open), root, context) : undefined;
    const isSilent = cause === "next-hop-silent" && progress === undefined && hidden === undefined;
    const meanwhile = meanwhileOf(isSilent && wait.silentBefore.length === 0 ? open : undefined, context);
    const waitedFor =
      cause === "not-answered"
        ? [progress, lost?.event]
        : [...(open?.requests ?? []), failure, tlsFailure, progress, meanwhile.shows];
    const redirected = open?.request && redirectTo(open.request, context.call);
    return {
      verdict: hidden === undefined ? verdict : "likely",
      cause,
      response,
      origin,
      evidence: [asked, ...[hidden?.shows, ...waitedFor].filter((seen) => seen !== undefined), minted],
      missing: missingOf(answer, wait, cause),
      citations: citationsOf(cause),
      values: {
        origin: origin.endpoint.text,
        callee: calleeOf(root),
        method: root.method,
        statusCode,
        seen: hidden === undefined ? seenOf(wait, isAtOnce, meanwhile) : "hidden",
        ...meanwhile.values,
        registered: hidden?.registeredFrom.text ?? "",
        provisional: progress?.statusCode ?? 0,
        next: open === undefined ? (tlsFailure?.server.text ?? "") : silentEnd(open).server.text,
        others: listed(wait.silentBefore),
        attempts: open?.requests.length ?? 0,
        seconds: secondsBetween((cause === "next-hop-silent" ? open?.request : undefined) ?? asked, minted),
        millis: millisBetween(asked, minted),
        answer: failure?.kind === "foreign-answer" ? failure.answer : "",
        reporter: unreachable?.reporter ?? "",
        reason: unreachable?.reason ?? "",
        gone: lost?.server.text ?? "none",
        connection: open?.first.packet.transport === "sctp" ? "SCTP" : "TCP",
        repeats: failure?.kind === "connection-unacknowledged" ? failure.times : 0,
        redirector: redirected?.server.text ?? "none",
        inside: asked.toTag === "" ? "no" : "yes",
      },
    };
  },
};

function missingOf({ origin, minted, statusCode }: Answer, { tried, tlsFailure }: Wait, cause: Cause): Missing[] {
  if (tlsFailure !== undefined || !TIMED_OUT.has(statusCode)) return [logOf(origin.endpoint, minted.callId)];
  return tried.length === 0 && cause !== "not-answered" ? [behind(origin.endpoint)] : [];
}

/** It says so, or the element had sent the request on, got nothing, and said something else. */
function isTimeOut(root: Transaction, answer: Answer, context: Context): boolean {
  if (TIMED_OUT.has(answer.statusCode)) return true;
  const made = madeOf(root, answer, context);
  return made !== undefined && made.kind !== "refused" && sendFailure(answer, context) === undefined;
}

/** What the element that answered had been waiting for. */
interface Wait {
  /** Where it had sent the request. */
  readonly tried: readonly Transaction[];
  /** The last of these that had no final answer yet. */
  readonly open: Transaction | undefined;
  /** Other servers from which no response at all had come, so that the request was repeated. */
  readonly silentBefore: readonly string[];
  /** What reports that this one was not delivered. */
  readonly failure: DeliveryFailure | ConnectionUnacknowledged | ConnectionStalled | undefined;
  /** Nothing of it was ever on the wire behind it, but a TLS connection that was not set up. */
  readonly tlsFailure: TlsFailure | undefined;
  /** The provisional response that had come last, there or, where none of these is in view, through the element. */
  readonly progress: SipResponse | undefined;
}

function seenOf({ open, progress, tlsFailure, failure }: Wait, isAtOnce: boolean, { kind }: Meanwhile): string {
  if (progress !== undefined) return "begun";
  if (failure?.kind === "foreign-answer") return "not-sip";
  if (failure?.kind === "icmp-unreachable") return "reported";
  if (failure?.kind === "connection-unacknowledged") return "dead";
  if (failure?.kind === "connection-stalled") return "full";
  if (open !== undefined) return kind === "none" ? "yes" : kind;
  if (tlsFailure !== undefined) return "tls";
  return isAtOnce ? "at-once" : "no";
}

function waitOf(answer: Answer, context: Context): Wait {
  const { minted } = answer;
  const tried = sentOn(answer, context);
  const open = tried.findLast((hop) => hop.request !== undefined && !wasFinished(hop, minted));
  const own = answer.lastHop.responses.filter(({ statusCode }) => statusCode > 100);
  const progress = (open === undefined ? own : open.responses).findLast(
    (seen) => seen.statusCode < 200 && isBefore(seen, minted),
  );
  const silentBefore = tried
    .filter((hop) => hop.requests.length > 1 && hop.responses.length === 0 && hop.acks.length === 0)
    .map(({ server }) => server.text)
    .filter((server) => server !== open?.server.text);
  const failure = open && failureOf(open, context);
  const isNothingSent = tried.length === 0 && progress === undefined;
  const tlsFailure = isNothingSent ? tlsFailureOf(answer, context) : undefined;
  return { tried, open, silentBefore: [...new Set(silentBefore)], failure, tlsFailure, progress };
}

function failureOf(open: Transaction, context: Context): Wait["failure"] {
  return deliveryFailure(open, context) ?? deadConnection(open, context)?.event ?? stalledConnection(open, context);
}

/** A stateless proxy or a NAT passes on every repetition, and gives no answer itself: who is silent is behind it. RFC 3261 §16.11 */
function silentEnd(hop: Transaction): Transaction {
  const [below] = hop.downstream;
  const isSilent = hop.responses.length === 0 && below?.responses.length === 0;
  return isSilent && below.requests.length > 1 ? silentEnd(below) : hop;
}

/** A final answer had come, or an ACK shows one that is not in view; one to its CANCEL is none. RFC 3261 §9.1, §17.1.1.3 */
function wasFinished({ finalResponse, acks, cancel }: Transaction, minted: SipResponse): boolean {
  if (cancel?.request !== undefined && finalResponse?.statusCode === REQUEST_TERMINATED) return false;
  return (finalResponse !== undefined && isBefore(finalResponse, minted)) || acks.some((ack) => isBefore(ack, minted));
}

type Cause = "no-binding" | "next-hop-silent" | "not-answered" | "dependency-silent" | "sent-to-non-invite";

/** Undefined where everything had been answered. */
function causeOf(root: Transaction, answer: Answer, wait: Wait): { cause: Cause; verdict: Verdict } | undefined {
  const { asked, minted, statusCode } = answer;
  const { tried, open, progress } = wait;
  if (statusCode === 408 && root.method !== "INVITE") return { cause: "sent-to-non-invite", verdict: "certain" };
  if (statusCode !== 504 && rangOut(answer, tried)) return { cause: "not-answered", verdict: "likely" };
  if (open !== undefined) {
    const saysSo = TIMED_OUT.has(statusCode) && isShown(wait, minted);
    return { cause: "next-hop-silent", verdict: saysSo ? "certain" : "likely" };
  }
  if (statusCode === 504) return { cause: "dependency-silent", verdict: "likely" };
  if (tried.length > 0 && tried.every(({ finalResponse }) => finalResponse !== undefined)) return undefined;
  const atOnce = secondsBetween(asked, minted) < AT_ONCE_SECONDS;
  if (!atOnce || progress !== undefined) return { cause: "next-hop-silent", verdict: "likely" };
  if (tried.length > 0) return undefined;
  // Inside a dialog no binding is needed, but a way to the other side.
  return asked.toTag === ""
    ? { cause: "no-binding", verdict: "likely" }
    : { cause: "next-hop-silent", verdict: "indeterminate" };
}

/** What rang was waited for until then: where it had been refused before, the time ran out elsewhere. */
function rangOut({ lastHop, minted }: Answer, tried: readonly Transaction[]): boolean {
  const finished = tried.filter((hop) => wasFinished(hop, minted));
  const open = tried.filter((hop) => !finished.includes(hop));
  // A B2BUA may say that it rings before it has reached anybody.
  const isSilent = open.length > 0 && open.every((hop) => isRepeatedUntil(hop, minted.packet.timeMicros));
  return rang(open, minted) || (!isSilent && rang([lastHop], minted) && !rang(finished, minted));
}

function rang(transactions: readonly Transaction[], minted: SipResponse): boolean {
  return transactions
    .flatMap(hops)
    .some(({ responses }) => responses.some((seen) => seen.statusCode === 180 && isBefore(seen, minted)));
}

/** Only its repetition shows that nothing came: a response may have passed outside of the capture, or been missed by it. RFC 3261 §17.1.1.2 */
function isShown({ open, failure, progress }: Wait, { packet }: SipResponse): boolean {
  if (open === undefined || progress !== undefined) return false;
  return failure !== undefined || isRepeatedUntil(open, packet.timeMicros);
}

function citationsOf(cause: Cause): string[] {
  if (cause === "sent-to-non-invite") return ["RFC 4320 §4.2"];
  if (cause === "dependency-silent") return ["RFC 3261 §21.5.5"];
  return cause === "not-answered" ? ["RFC 3261 §16.8"] : [];
}
