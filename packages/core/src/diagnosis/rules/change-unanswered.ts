import { byeOf, type Dialog, dialogOf } from "../../dialog/dialog.ts";
import { timerB } from "../../transaction/timers.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Rule } from "../rule.ts";
import { secondsBetween, secondsUntil } from "../elapsed.ts";
import { behind } from "../missing.ts";
import { isFailedRefresh, SHORTEST_WAIT_MICROS } from "./sessionTimer.ts";

const NONE: ReadonlySet<number> = new Set([0]);

/** An INVITE inside a dialog got provisional responses, and then nothing for longer than a request is waited for. RFC 3261 §14.1, §14.2 */
export const changeUnanswered: Rule<"transaction", "change-unanswered"> = {
  id: "change-unanswered",
  inspects: "transaction",
  citations: ["RFC 3261 §14.1", "RFC 3261 §14.2"],
  finalStatusCodes: NONE,
  check(root, context) {
    const { leg, observedUntilMicros } = context;
    if (root.method !== "INVITE" || root.request === undefined || root.responses.length === 0) return undefined;
    const dialog = dialogOf(root, leg.dialogs);
    if (dialog?.answer === undefined || wasEnded(root, dialog) || isFailedRefresh(root, leg.dialogs)) return undefined;
    const waiting = hops(root).findLast(({ responses, downstream }) => responses.length > 0 && downstream.length === 0);
    const last = waiting?.responses.at(-1);
    if (waiting === undefined || last === undefined) return undefined;
    const bye = byeOf(dialog);
    const seconds =
      bye === undefined ? secondsUntil(root.first, observedUntilMicros) : secondsBetween(root.first, bye.first);
    if (!(seconds * 1e6 >= (isOwn(bye, root) ? SHORTEST_WAIT_MICROS : timerB))) return undefined;
    return {
      verdict: "likely",
      element: waiting.server,
      evidence: [root.request, last, ...(bye === undefined ? [] : [bye.first])],
      missing: [behind(waiting.server)],
      values: {
        client: root.client.text,
        server: waiting.server.text,
        status: `${last.statusCode} ${last.reasonPhrase}`.trim(),
        seconds,
        end: bye?.client.text ?? "none",
      },
    };
  },
};

/** Who gives up waiting ends the call; the other side has to wait longer to show that nothing comes. */
function isOwn(bye: Transaction | undefined, { first }: Transaction): boolean {
  return bye?.first.fromTag === first.fromTag;
}

/** It was, on one of its hops, or what its sender did then shows it: an ACK, or another INVITE, which has to wait for this one. RFC 3261 §14.1 */
function wasEnded(root: Transaction, { requests, acks }: Dialog): boolean {
  const { cseqNumber, index, first } = root;
  if (hops(root).some((hop) => hop.finalResponse !== undefined || hop.acks.length > 0 || hop.cancel !== undefined))
    return true;
  return (
    acks.some((ack) => ack.cseqNumber === cseqNumber && ack.first.fromTag === first.fromTag) ||
    requests.some((later) => later.method === "INVITE" && later.index > index)
  );
}
