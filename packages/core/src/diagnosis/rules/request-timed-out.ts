import type { SipMessage, SipResponse } from "../../message/message.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Context, Rule, Verdict } from "../rule.ts";
import { behind, calleeOf, millisBetween, secondsBetween } from "../wording.ts";
import { deliveryFailure } from "./deliveryFailure.ts";
import { oversizedRequest } from "./oversizedRequest.ts";
import { refusedForWantOfPrack } from "./prack-missing.ts";
import { sentOn } from "./sentOn.ts";
import { isRefusedRefresh } from "./sessionTimer.ts";

const TIMED_OUT: ReadonlySet<number> = new Set([408, 504]);
/** Faster than this no timer of SIP runs out. */
const AT_ONCE_SECONDS = 1;

/** A 408 or 504 came from the network. RFC 3261 §16.7, §16.8, §21.4.9, §21.5.5; RFC 4320 §4.2 */
export const requestTimedOut: Rule<"transaction", "request-timed-out"> = {
  id: "request-timed-out",
  inspects: "transaction",
  citations: ["RFC 3261 §21.4.9", "RFC 3261 §16.7"],
  finalStatusCodes: TIMED_OUT,
  check(root, context) {
    const answer = answerOf(root, TIMED_OUT, context);
    if (answer === undefined || isRefusedRefresh(root, context.leg.dialogs)) return undefined;
    if (oversizedRequest(root, context) !== undefined || refusedForWantOfPrack(root, context)) return undefined;
    const { asked, response, minted, origin, statusCode } = answer;
    const wait = waitOf(root, answer, context);
    const told = causeOf(root, answer, wait);
    if (told === undefined) return undefined;
    const { open, failure, progress } = wait;
    const { cause, verdict } = told;
    const isAtOnce = cause === "next-hop-silent" && verdict === "indeterminate";
    const waitedFor = cause === "not-answered" ? [progress] : [...(open?.requests ?? []), failure, progress];
    return {
      verdict,
      cause,
      response,
      origin,
      evidence: [asked, ...waitedFor.filter((seen) => seen !== undefined), minted],
      missing: wait.tried.length === 0 && cause !== "not-answered" ? [behind(origin.endpoint)] : [],
      citations: citationsOf(cause),
      values: {
        origin: origin.endpoint.text,
        callee: calleeOf(root),
        method: root.method,
        statusCode,
        seen: progress !== undefined ? "begun" : open !== undefined ? "yes" : isAtOnce ? "at-once" : "no",
        provisional: progress?.statusCode ?? 0,
        next: open?.server.text ?? "",
        attempts: open?.requests.length ?? 0,
        seconds: secondsBetween(asked, minted),
        millis: millisBetween(asked, minted),
      },
    };
  },
};

/** What the element that answered had been waiting for. */
interface Wait {
  /** Where it had sent the request. */
  readonly tried: readonly Transaction[];
  /** The last of these that had no final answer yet. */
  readonly open: Transaction | undefined;
  /** What reports that this one was not delivered. */
  readonly failure: ReturnType<typeof deliveryFailure>;
  /** The provisional response that had come last, there or, where none of these is in view, through the element. */
  readonly progress: SipResponse | undefined;
}

function waitOf(root: Transaction, answer: Answer, context: Context): Wait {
  const { minted } = answer;
  const tried = sentOn(answer, context);
  const open = tried.findLast((hop) => hop.request !== undefined && !wasFinished(hop, minted));
  const own = root.responses.filter(({ statusCode }) => statusCode > 100);
  const progress = (open === undefined ? own : open.responses).findLast(
    (seen) => seen.statusCode < 200 && isBefore(seen, minted),
  );
  return { tried, open, failure: open && deliveryFailure(open, context), progress };
}

/** A final answer had come, or an ACK shows one that is not in view. RFC 3261 §17.1.1.3 */
function wasFinished({ finalResponse, acks }: Transaction, minted: SipResponse): boolean {
  return (finalResponse !== undefined && isBefore(finalResponse, minted)) || acks.some((ack) => isBefore(ack, minted));
}

type Cause = "no-binding" | "next-hop-silent" | "not-answered" | "dependency-silent" | "sent-to-non-invite";

/** Undefined where everything had been answered. */
function causeOf(root: Transaction, answer: Answer, wait: Wait): { cause: Cause; verdict: Verdict } | undefined {
  const { asked, minted, statusCode } = answer;
  const { tried, open, progress } = wait;
  if (statusCode === 408 && root.method !== "INVITE") return { cause: "sent-to-non-invite", verdict: "certain" };
  if (statusCode === 408 && rang([root, ...tried], minted)) return { cause: "not-answered", verdict: "likely" };
  if (open !== undefined) return { cause: "next-hop-silent", verdict: isShown(wait) ? "certain" : "likely" };
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

function rang(transactions: readonly Transaction[], minted: SipResponse): boolean {
  return transactions
    .flatMap(hops)
    .some(({ responses }) => responses.some((seen) => seen.statusCode === 180 && isBefore(seen, minted)));
}

/** Over UDP only its repetition shows that nothing came: an answer may have passed outside of the capture. RFC 3261 §17.1.1.2 */
function isShown({ open, failure, progress }: Wait): boolean {
  if (open === undefined || progress !== undefined) return false;
  return failure !== undefined || open.requests.length > 1 || open.first.packet.transport !== "udp";
}

function isBefore(seen: SipMessage, { packet }: SipResponse): boolean {
  return seen.packet.timeMicros <= packet.timeMicros;
}

function citationsOf(cause: Cause): string[] {
  if (cause === "sent-to-non-invite") return ["RFC 4320 §4.2"];
  if (cause === "dependency-silent") return ["RFC 3261 §21.5.5"];
  return cause === "not-answered" ? ["RFC 3261 §16.8"] : [];
}
