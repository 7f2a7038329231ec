import { contact } from "../../message/contact.ts";
import type { SipResponse } from "../../message/message.ts";
import { to } from "../../message/to.ts";
import { uriWithoutParameters } from "../../message/uri.ts";
import { timerB } from "../../transaction/timers.ts";
import { hops, isSuccess, type Transaction } from "../../transaction/transaction.ts";
import type { Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { secondsUntil } from "../elapsed.ts";
import { beside, longer } from "../missing.ts";
import { winnerOver } from "./extraAnswer.ts";

/** Repeated this often, it has not been acknowledged. RFC 3261 §13.3.1.4 */
const SENDINGS_THAT_SHOW_IT = 3;

/** A second 2xx with another To tag is neither acknowledged nor ended. RFC 3261 §13.2.2.4 */
export const extraAnswerLeaked: Rule<"dialog", "extra-answer-leaked"> = {
  id: "extra-answer-leaked",
  inspects: "dialog",
  citations: ["RFC 3261 §13.2.2.4"],
  check(dialog, context) {
    const winner = winnerOver(dialog, context.leg.dialogs);
    const { answer, invite } = dialog;
    if (winner?.answer === undefined || answer === undefined) return undefined;
    const hop = hops(invite).find(({ responses }) => responses.includes(answer)) ?? invite;
    const sendings = hop.responses.filter((each) => isSuccess(each) && each.toTag === dialog.calleeTag);
    const watched = context.observedUntilMicros - answer.packet.timeMicros;
    const proven = watched >= timerB;
    const holder = holderOf(invite, answer);
    const client = (holder ?? invite).client;
    // Unacknowledged it would have been repeated, on any transport: the ACK took a way that is not in view.
    if (sendings.length < SENDINGS_THAT_SHOW_IT) return undefined;
    return {
      verdict: proven ? "likely" : "indeterminate",
      response: answer,
      origin: context.originOf(hop, answer),
      evidence: [{ message: winner.answer, field: to }, ...sendings.map((message) => ({ message, field: to }))],
      missing: proven ? [beside(client)] : [longer(Math.ceil((timerB - watched) / 1e6))],
      values: {
        client: client.text,
        callee: calleeOf(invite),
        chosen: sideOf(winner.answer),
        origin: sideOf(answer),
        seconds: secondsUntil(answer, context.observedUntilMicros),
        passed: holder === undefined ? "yes" : "no",
      },
    };
  },
};

/** The hop to a proxy that got the answer and did not pass it on, though it passed on another one. RFC 3261 §16.7 step 5 */
function holderOf(invite: Transaction, { toTag }: SipResponse): Transaction | undefined {
  const successes = (hop: Transaction): readonly SipResponse[] => hop.responses.filter(isSuccess);
  if (successes(invite).length === 0) return undefined;
  const first = hops(invite).find((hop) => successes(hop).some((success) => success.toTag === toTag));
  return first === invite ? undefined : first;
}

/** Two phones behind one proxy differ in their Contact only. */
function sideOf(answer: SipResponse): string {
  const uri = answer.first(contact)?.uri;
  return uri === undefined ? answer.packet.source.text : uriWithoutParameters(uri);
}
