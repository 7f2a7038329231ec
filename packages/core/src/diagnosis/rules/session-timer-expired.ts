import type { Dialog } from "../../dialog/dialog.ts";
import { sessionExpires } from "../../message/sessionExpires.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Draft, Rule } from "../rule.ts";
import { beside, microsBetween, secondsOf } from "../wording.ts";
import { endAfter, isRefusedRefresh, sessionTimerOf } from "./sessionTimer.ts";

/** The side that does not refresh ends the session this long before it expires, or a third of the interval. RFC 4028 §10 */
const LONGEST_MARGIN_SECONDS = 32;
/** Clocks and processing: a BYE a little off the mark still is the timer's. */
const SLACK_SECONDS = 5;
/** A shorter interval is not allowed: what looks like its end may be anything. RFC 4028 §5 */
const SHORTEST_INTERVAL_SECONDS = 20;

type Found = Draft<"session-timer-expired">;

/** A session ended because its timer was not refreshed. RFC 4028 §7.2, §9, §10 */
export const sessionTimerExpired: Rule<"dialog", "session-timer-expired"> = {
  id: "session-timer-expired",
  inspects: "dialog",
  citations: ["RFC 4028 §10"],
  check(dialog, context) {
    const bye = dialog.requests.find(({ method }) => method === "BYE");
    if (dialog.answer === undefined || bye === undefined) return undefined;
    return refused(dialog, context) ?? notSent(dialog, bye);
  },
};

function refused(dialog: Dialog, context: Context): Found | undefined {
  const refresh = dialog.requests.find((root) => isRefusedRefresh(root, [dialog]));
  const timer = refresh && sessionTimerOf(dialog, refresh.index);
  const bye = refresh && endAfter(dialog, refresh);
  if (refresh?.finalResponse === undefined || timer === undefined || bye === undefined) return undefined;
  const response = refresh.finalResponse;
  const origin = context.originOf(refresh, response);
  return {
    verdict: Number.isNaN(microsBetween(response, bye.first)) ? "likely" : "certain",
    cause: "refresh-refused",
    response,
    origin,
    evidence: [
      { message: timer.response, field: sessionExpires },
      { message: refresh.first, field: sessionExpires },
      response,
      bye.first,
    ],
    values: {
      interval: timer.seconds,
      refresher: refresh.client.text,
      origin: origin.endpoint.text,
      statusCode: response.statusCode,
    },
  };
}

function notSent(dialog: Dialog, bye: Transaction): Found | undefined {
  const timer = sessionTimerOf(dialog, bye.index);
  if (timer === undefined || timer.seconds < SHORTEST_INTERVAL_SECONDS) return undefined;
  // Whoever hangs up when it is the other's turn to refresh, at the very time at which the timer tells it to.
  if (bye.first.fromTag === timer.refresherTag) return undefined;
  const agreedMicros = timer.response.packet.timeMicros;
  const seconds = secondsOf(agreedMicros, bye.first.packet.timeMicros);
  const due = timer.seconds - Math.min(LONGEST_MARGIN_SECONDS, timer.seconds / 3);
  if (seconds < due - SLACK_SECONDS || seconds > timer.seconds + SLACK_SECONDS) return undefined;
  if (triedToRefresh(dialog, timer.refresherTag, agreedMicros)) return undefined;
  // The BYE goes to the side that had to refresh: through proxies, to the end of its way.
  const refresher = hops(bye).at(-1)!.server;
  return {
    verdict: "likely",
    cause: "refresh-not-sent",
    evidence: [{ message: timer.response, field: sessionExpires }, bye.first],
    missing: [beside(refresher)],
    values: { interval: timer.seconds, refresher: refresher.text, ender: bye.client.text, seconds },
  };
}

/** A refresh that was sent, whatever became of it, is another rule's. */
function triedToRefresh(dialog: Dialog, refresherTag: string, sinceMicros: number): boolean {
  return dialog.requests.some(
    ({ method, first }) =>
      (method === "INVITE" || method === "UPDATE") &&
      first.fromTag === refresherTag &&
      first.packet.timeMicros > sinceMicros,
  );
}
