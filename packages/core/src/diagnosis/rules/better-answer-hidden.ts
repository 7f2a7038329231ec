import { otherLegs } from "../../call/origin.ts";
import type { Call } from "../../call/call.ts";
import type { SipResponse } from "../../message/message.ts";
import { REDIRECTS } from "../../message/redirect.ts";
import { RETRIED } from "../../transaction/chain.ts";
import { hops, REQUEST_TERMINATED, type Transaction, wasAccepted } from "../../transaction/transaction.ts";
import type { Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { behind } from "../missing.ts";
import { isActedOn } from "./actedOn.ts";
import { remappingOf } from "./remapping.ts";

/** Codes that say only that something did not work. RFC 3261 §16.7 step 6 */
const VAGUE: ReadonlySet<number> = new Set([408, 500]);

/** A proxy passed on 408 or 500, though a branch had answered something that tells more. RFC 3261 §16.7 */
export const betterAnswerHidden: Rule<"call", "better-answer-hidden"> = {
  id: "better-answer-hidden",
  inspects: "call",
  citations: ["RFC 3261 §16.7"],
  check(call, context) {
    const { attempt } = call;
    const final = attempt?.finalResponse;
    if (attempt === undefined || final === undefined || !VAGUE.has(final.statusCode)) return undefined;
    if (wasAccepted(attempt)) return undefined;
    const hidden = hiddenAnswer(attempt, call);
    if (hidden === undefined || remappingOf(call) !== undefined) return undefined;
    const { at, sent, better } = hidden;
    // What a B2BUA makes of the answers on its other legs is its own affair: §16.7 binds proxies. And who was asked for something may have tried once more, out of view.
    const mayGoOn = RETRIED.has(better.statusCode);
    return {
      verdict: better.callId === sent.callId && !mayGoOn ? "certain" : "likely",
      response: final,
      origin: context.originOf(attempt, final),
      evidence: [better, sent],
      missing: mayGoOn ? [behind(at.server)] : [],
      values: {
        element: at.server.text,
        callee: calleeOf(attempt),
        next: better.packet.source.text,
        statusCode: final.statusCode,
        betterCode: better.statusCode,
        betterPhrase: better.reasonPhrase,
        frame: context.frameName(better.packet),
      },
    };
  },
};

interface Hidden {
  readonly at: Transaction;
  /** What was passed on. */
  readonly sent: SipResponse;
  readonly better: SipResponse;
}

function hiddenAnswer(attempt: Transaction, call: Call): Hidden | undefined {
  for (const at of hops(attempt)) {
    const sent = at.finalResponse;
    if (sent === undefined || !VAGUE.has(sent.statusCode)) continue;
    const tried = [...at.downstream, ...otherLegs(at, call)];
    const better = tried
      .filter((branch) => !isActedOn(branch, tried))
      .map(({ finalResponse }) => finalResponse)
      .filter((answer) => answer !== undefined)
      .filter((answer) => isTelling(answer.statusCode) && comesFirst(answer, sent))
      .filter((answer) => answer.packet.timeMicros <= sent.packet.timeMicros)
      .sort((a, b) => rankOf(a.statusCode) - rankOf(b.statusCode))[0];
    if (better !== undefined) return { at, sent, better };
  }
  return undefined;
}

/** A 6xx, or an answer of no higher class than the one sent; but of a 503 a proxy has to make a 500. RFC 3261 §16.7 step 6 */
function comesFirst({ statusCode }: SipResponse, sent: SipResponse): boolean {
  if (statusCode >= 600) return true;
  if (statusCode === 503 && sent.statusCode === 500) return false;
  return Math.floor(statusCode / 100) <= Math.floor(sent.statusCode / 100);
}

/** What became of a redirect is told by itself. */
function isTelling(statusCode: number): boolean {
  if (REDIRECTS.has(statusCode)) return false;
  return statusCode >= 300 && statusCode !== REQUEST_TERMINATED && !VAGUE.has(statusCode);
}

/** 6xx first, then by class. RFC 3261 §16.7 step 6 */
function rankOf(statusCode: number): number {
  return statusCode >= 600 ? 0 : statusCode;
}
