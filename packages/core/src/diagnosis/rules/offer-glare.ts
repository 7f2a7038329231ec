import type { Dialog } from "../../dialog/dialog.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context, Draft, Rule } from "../rule.ts";
import { beside, longer, microsBetween, millisBetween, secondsBetween, secondsUntil } from "../wording.ts";

/** How long to wait after a 491, in seconds: the owner of the Call-ID longer than the other, so that they do not meet again. RFC 3261 §14.1 */
const OWNER_WINDOW: Window = { least: 2.1, most: 4 };
const OTHER_WINDOW: Window = { least: 0, most: 2 };
const SLACK_SECONDS = 0.2;
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
  const retry = retryOf(dialog, refused);
  const origin = context.originOf(refused, response);
  const outcome = outcomeOf(dialog, refused, retry, window, context);
  if (outcome === undefined) return undefined;
  return {
    ...outcome,
    verdict: outcome.verdict ?? (other === undefined ? "likely" : "certain"),
    missing: outcome.missing ?? (other === undefined ? [beside(origin.endpoint)] : []),
    response,
    origin,
    evidence: [
      ...(other === undefined ? [] : [other.first]),
      refused.request,
      response,
      ...(retry === undefined ? [] : [retry.first]),
    ],
    citations: refused.method === "UPDATE" ? ["RFC 3311 §5.2"] : [],
    values: {
      client: refused.client.text,
      origin: origin.endpoint.text,
      method: refused.method,
      seen: other === undefined ? "no" : "yes",
      millis: other === undefined ? 0 : Math.abs(millisBetween(other.first, refused.first)),
      owner: isOwner ? "yes" : "no",
      least: window.least,
      most: window.most,
      seconds: retry === undefined ? watchedSeconds(refused, context) : secondsBetween(response, retry.first),
    },
  };
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

function retryOf({ requests }: Dialog, refused: Transaction): Transaction | undefined {
  const response = refused.finalResponse;
  return requests.find(
    (next) =>
      response !== undefined &&
      carriesOffer(next) &&
      next.first.fromTag === refused.first.fromTag &&
      next.cseqNumber > refused.cseqNumber &&
      next.first.packet.timeMicros >= response.packet.timeMicros &&
      !(microsBetween(response, next.first) > LATEST_RETRY_SECONDS * 1e6),
  );
}

type Outcome = Pick<Found, "cause"> & Partial<Pick<Found, "verdict" | "missing">>;

/** Undefined where the glare was resolved as it should be, or the call ended before. */
function outcomeOf(
  dialog: Dialog,
  refused: Transaction,
  retry: Transaction | undefined,
  { least, most }: Window,
  context: Context,
): Outcome | undefined {
  const response = refused.finalResponse;
  if (response === undefined) return undefined;
  if (retry !== undefined) {
    const waited = microsBetween(response, retry.first) / 1e6;
    if (waited < least - SLACK_SECONDS || waited > most + SLACK_SECONDS)
      return { cause: "retry-in-wrong-window", verdict: "certain", missing: [] };
    return retry.finalResponse?.statusCode === 491 ? { cause: "crossing" } : undefined;
  }
  const bye = dialog.requests.find(({ method, index }) => method === "BYE" && index > refused.index);
  if (bye !== undefined && bye.first.packet.timeMicros - response.packet.timeMicros < timerB) return undefined;
  const watched = context.observedUntilMicros - response.packet.timeMicros;
  if (watched >= timerB) return { cause: "no-retry", verdict: "likely", missing: [beside(refused.client)] };
  return {
    cause: "crossing",
    verdict: "indeterminate",
    missing: [longer(Math.ceil((timerB - watched) / 1e6))],
  };
}

function watchedSeconds({ finalResponse }: Transaction, { observedUntilMicros }: Context): number {
  return finalResponse === undefined ? 0 : secondsUntil(finalResponse, observedUntilMicros);
}
