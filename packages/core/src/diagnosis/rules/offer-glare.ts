import type { Dialog } from "../../dialog/dialog.ts";
import type { SipMessage, SipResponse } from "../../message/message.ts";
import { hasDescription } from "../../sdp/sessionDescription.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context, Draft, Rule } from "../rule.ts";
import { isBefore, microsBetween, millisBetween, secondsBetween, secondsUntil } from "../elapsed.ts";
import { beside, longer } from "../missing.ts";

/** How long to wait after a 491, in seconds: the owner of the Call-ID longer than the other, so that they do not meet again. RFC 3261 §14.1 */
const OWNER_WINDOW: Window = { least: 2.1, most: 4 };
const OTHER_WINDOW: Window = { least: 0, most: 2 };
const SLACK_SECONDS = 0.2;
const GIVES_UP_WITHIN_MICROS = 1_000_000;
/** Later than this it is a new change, and no retry of the old one. */
const LATEST_RETRY_SECONDS = 10;

interface Window {
  readonly least: number;
  readonly most: number;
}

type Found = Draft<"offer-glare">;

/** Offers of both sides crossed inside a call. RFC 3261 §14.1, §14.2; RFC 3311 §5.2 */
export const offerGlare: Rule<"dialog", "offer-glare"> = {
  id: "offer-glare",
  inspects: "dialog",
  citations: ["RFC 3261 §14.1", "RFC 3261 §14.2"],
  check(dialog, context) {
    for (const refused of dialog.requests) {
      if (refused.finalResponse?.statusCode !== 491 || !carriesOffer(refused)) continue;
      const found = judge(dialog, refused, context);
      if (found !== undefined) return found;
    }
    return undefined;
  },
};

function carriesOffer({ method }: Transaction): boolean {
  return method === "INVITE" || method === "UPDATE";
}

function judge(dialog: Dialog, refused: Transaction, context: Context): Found | undefined {
  const response = refused.finalResponse;
  if (refused.request === undefined || response === undefined) return undefined;
  const isOwner = refused.first.fromTag === dialog.callerTag;
  const window = isOwner ? OWNER_WINDOW : OTHER_WINDOW;
  const other = crossingOf(dialog, refused);
  const later = changesAfter(dialog, refused, response);
  const retry = retryOf(later, refused, response, other);
  const origin = context.originOf(refused, response);
  const bye = dialog.requests.find(({ method, index }) => method === "BYE" && index > refused.index);
  const end = bye !== undefined && retry === undefined && isGivenUp(refused, response, bye) ? bye : undefined;
  const outcome = outcomeOf({ refused, response, other, later, retry, bye, end }, window, context);
  if (outcome === undefined) return undefined;
  return {
    ...outcome,
    verdict: outcome.verdict ?? (other === undefined ? "likely" : "certain"),
    missing: outcome.missing ?? (other === undefined ? [beside(origin.endpoint)] : []),
    response,
    origin,
    element: outcome.cause === "crossing" ? undefined : refused.client,
    evidence: [
      ...(other === undefined ? [] : [other.first]),
      refused.request,
      response,
      ...[retry, end].flatMap((next) => (next === undefined ? [] : [next.first])),
    ],
    citations: refused.method === "UPDATE" ? ["RFC 3311 §5.2"] : [],
    values: {
      client: refused.client.text,
      origin: origin.endpoint.text,
      method: refused.method,
      seen: other === undefined ? "no" : "yes",
      times: 1 + refusedAgain(later),
      millis: other === undefined ? 0 : millisApart(other.first, refused.first),
      owner: isOwner ? "yes" : "no",
      least: window.least,
      most: window.most,
      seconds: retry === undefined ? watchedSeconds(refused, context) : secondsBetween(response, retry.first),
      ended: end === undefined ? "no" : "yes",
    },
  };
}

function millisApart(one: SipMessage, other: SipMessage): number {
  return isBefore(one, other) ? millisBetween(one, other) : millisBetween(other, one);
}

/** The request with an offer of the other side that was open when this one was refused. */
function crossingOf({ requests, invite }: Dialog, refused: Transaction): Transaction | undefined {
  const refusedMicros = refused.finalResponse?.packet.timeMicros ?? 0;
  return [invite, ...requests].find((other) => {
    if (other === refused || !carriesOffer(other) || other.first.fromTag === refused.first.fromTag) return false;
    const doneMicros = other.finalResponse?.packet.timeMicros ?? Number.POSITIVE_INFINITY;
    return other.first.packet.timeMicros <= refusedMicros && doneMicros >= refused.first.packet.timeMicros;
  });
}

/** Requests by which the same side changes the call later, with a session description where the refused one had it. */
function changesAfter({ requests }: Dialog, refused: Transaction, response: SipResponse): Transaction[] {
  return requests.filter(
    (next) =>
      carriesOffer(next) &&
      next.first.fromTag === refused.first.fromTag &&
      next.cseqNumber > refused.cseqNumber &&
      next.first.packet.timeMicros >= response.packet.timeMicros &&
      (!describes(refused) || describes(next)),
  );
}

/** How many of them in a row met the same refusal. */
function refusedAgain(later: readonly Transaction[]): number {
  const end = later.findIndex(({ finalResponse }) => finalResponse?.statusCode !== 491);
  return end < 0 ? later.length : end;
}

function retryOf(
  later: readonly Transaction[],
  refused: Transaction,
  response: SipResponse,
  other: Transaction | undefined,
): Transaction | undefined {
  const next = later.find(({ method }) => method === refused.method);
  return next !== undefined && waitedMicros(response, other, next) > LATEST_RETRY_SECONDS * 1e6 ? undefined : next;
}

/** No INVITE may be sent while the other side's is under way: the time to wait may begin with the end of that one. RFC 3261 §14.1 */
function waitedMicros(response: SipResponse, other: Transaction | undefined, retry: Transaction): number {
  const over = other === undefined ? response : other.finalResponse;
  const sinceOver = over === undefined ? Number.NaN : microsBetween(over, retry.first);
  return Math.min(sinceOver, microsBetween(response, retry.first));
}

function describes({ request }: Transaction): boolean {
  return request !== undefined && hasDescription(request);
}

interface Glare {
  readonly refused: Transaction;
  readonly response: SipResponse;
  readonly other: Transaction | undefined;
  readonly later: readonly Transaction[];
  readonly retry: Transaction | undefined;
  /** The end of the call after it. */
  readonly bye: Transaction | undefined;
  /** The same where its client ended it instead of trying again. */
  readonly end: Transaction | undefined;
}

type Outcome = Pick<Found, "cause"> & Partial<Pick<Found, "verdict" | "missing">>;

/** Undefined where the glare was resolved as it should be, or the call ended before. */
function outcomeOf(glare: Glare, window: Window, context: Context): Outcome | undefined {
  const { refused, response, later, retry, bye, end } = glare;
  if (retry !== undefined) {
    const wrong = outsideWindow(glare, retry, window);
    if (wrong !== undefined) return wrong;
    return retry.finalResponse?.statusCode === 491 ? { cause: "crossing" } : undefined;
  }
  if (later.some(({ finalResponse }) => (finalResponse?.statusCode ?? 999) < 300)) return undefined;
  if (end === undefined && bye !== undefined && bye.first.packet.timeMicros - response.packet.timeMicros < timerB)
    return undefined;
  const watched = context.observedUntilMicros - response.packet.timeMicros;
  if (end !== undefined || watched >= timerB)
    return { cause: "no-retry", verdict: "likely", missing: [beside(refused.client)] };
  return {
    cause: "crossing",
    verdict: "indeterminate",
    missing: [longer(Math.ceil((timerB - watched) / 1e6))],
  };
}

/** Too early is proven; where it is seen too late it may have been long on its way. Nothing without the other side's change in view. */
function outsideWindow(
  { refused, response, other }: Glare,
  retry: Transaction,
  { least, most }: Window,
): Outcome | undefined {
  const cause = "retry-in-wrong-window";
  if (microsBetween(response, retry.first) / 1e6 < least - SLACK_SECONDS) {
    // A proxy only passes on what somebody before it, who is not in view, sent too early.
    const isOwn = refused.first.branches.length === 1;
    return isOwn
      ? { cause, verdict: "certain", missing: [] }
      : { cause, verdict: "likely", missing: [beside(refused.client)] };
  }
  const isLate = other !== undefined && waitedMicros(response, other, retry) / 1e6 > most + SLACK_SECONDS;
  return isLate ? { cause, verdict: "likely", missing: [beside(refused.client)] } : undefined;
}

/** The side that got the 491 ends the call sooner than a person would. */
function isGivenUp(refused: Transaction, response: SipResponse, { first }: Transaction): boolean {
  return first.fromTag === refused.first.fromTag && microsBetween(response, first) <= GIVES_UP_WITHIN_MICROS;
}

function watchedSeconds({ finalResponse }: Transaction, { observedUntilMicros }: Context): number {
  return finalResponse === undefined ? 0 : secondsUntil(finalResponse, observedUntilMicros);
}
