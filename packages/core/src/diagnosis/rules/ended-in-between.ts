import type { Call } from "../../call/call.ts";
import type { Dialog } from "../../dialog/dialog.ts";
import { isChallenge } from "../../message/digest.ts";
import type { SipMessage, SipResponse } from "../../message/message.ts";
import { via } from "../../message/via.ts";
import type { Endpoint } from "../../network/packet.ts";
import { timerB } from "../../transaction/timers.ts";
import { hops, isSuccess, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { isBefore, microsBetween, secondsBetween } from "../elapsed.ts";
import { logOf } from "../missing.ts";
import { callDropped } from "./call-dropped.ts";
import { cutOf } from "./cutInBetween.ts";
import { mediaFailedAfterAnswer } from "./media-failed-after-answer.ts";
import { sessionTimerExpired } from "./session-timer-expired.ts";

/** Who gives a call up because of an answer, or of none in all the time that it waits, may ask once more before, and look at its calls only now and then. */
const LATEST_MICROS = 32_000_000;
/** Shorter than this nobody waits for an answer. */
const SHORTEST_WAIT_MICROS = 2_000_000;

/** Neither side hung up: an element between both sent the BYEs. RFC 3261 §15.1.1, §16 */
export const endedInBetween: Rule<"call", "ended-in-between"> = {
  id: "ended-in-between",
  inspects: "call",
  citations: ["RFC 3261 §15.1.1"],
  restsOnSides: true,
  check(call, context) {
    const cut = cutOf(call);
    if (cut === undefined || isToldElsewhere(call, context)) return undefined;
    const { answer, dialogs, byes, way } = cut;
    const [bye] = byes;
    const own = ownRequests(bye, dialogs);
    const failed = failedBefore(bye, own);
    const asked = failed && endOf(failed, context);
    const seconds = secondsBetween(answer, bye.first);
    const nothingElse = failed === undefined && own.every((each) => wasAnswered(each, bye.first));
    // Without times it is not known what went before, and how long before.
    const isProven = cut.isProven && nothingElse && !Number.isNaN(seconds);
    return {
      verdict: isProven ? "certain" : "likely",
      cause: failed === undefined ? "by-itself" : "request-failed",
      element: bye.client,
      evidence: [
        answer,
        ...(failed === undefined
          ? []
          : [failed.first, ...(failed.finalResponse === undefined ? [] : [failed.finalResponse])]),
        ...byes.map(({ first }) => ({ message: first, field: via })),
      ],
      missing: isProven ? [] : [logOf(bye.client, bye.first.callId)],
      citations: way === "legs" ? [] : ["RFC 3261 §16.6"],
      values: {
        callee: calleeOf(dialogs[0].invite),
        ender: bye.client.text,
        first: bye.server.text,
        second: byes.at(-1)!.server.text,
        way,
        seconds,
        method: failed?.method ?? "",
        asked: asked?.endpoint.text ?? "",
        statusCode: asked?.statusCode ?? 0,
      },
    };
  },
};

/** What the element itself had asked the sides inside the call. */
function ownRequests(bye: Transaction, dialogs: readonly Dialog[]): Transaction[] {
  return dialogs
    .flatMap(({ requests }) => requests)
    .filter(
      ({ client, method, first }) => client.host === bye.client.host && method !== "BYE" && isBefore(first, bye.first),
    );
}

/** Where it was not, the element may have been waiting for that. */
function wasAnswered({ finalResponse }: Transaction, bye: SipMessage): boolean {
  return finalResponse !== undefined && isBefore(finalResponse, bye);
}

/** The last of these that was not accepted. */
function failedBefore(bye: Transaction, own: readonly Transaction[]): Transaction | undefined {
  return own.findLast(
    (asked) =>
      hasFailed(asked, bye.first) &&
      !own.some((next) => next !== asked && next.server === asked.server && isBefore(asked.first, next.first)),
  );
}

/** Who did not answer, with 0, or who refused: elements on the way send on what is asked, and say 408 where nothing comes back. */
function endOf(failed: Transaction, context: Context): { readonly endpoint: Endpoint; readonly statusCode: number } {
  const last = hops(failed).at(-1)!;
  const { finalResponse } = failed;
  if (finalResponse === undefined || last.responses.length === 0) return { endpoint: last.server, statusCode: 0 };
  return { endpoint: context.originOf(failed, finalResponse).endpoint, statusCode: finalResponse.statusCode };
}

function hasFailed({ finalResponse, responses, first }: Transaction, bye: SipMessage): boolean {
  const waitedMicros = finalResponse === undefined ? timerB : 0;
  if (microsBetween(finalResponse ?? first, bye) > waitedMicros + LATEST_MICROS) return false;
  if (finalResponse !== undefined && isBefore(finalResponse, bye)) return wasRefused(finalResponse);
  return !responses.some((each) => isBefore(each, bye)) && microsBetween(first, bye) >= SHORTEST_WAIT_MICROS;
}

/** For good: a challenge is answered with the next attempt. Guard G6. */
function wasRefused(response: SipResponse): boolean {
  return !isSuccess(response) && !isChallenge(response.statusCode);
}

/** Why the call ended is said by the BYE, or shown by what went before. */
function isToldElsewhere({ legs }: Call, context: Context): boolean {
  return legs.some((leg) =>
    leg.dialogs.some((dialog) =>
      [callDropped, mediaFailedAfterAnswer, sessionTimerExpired].some(
        (rule) => rule.check(dialog, { ...context, leg }) !== undefined,
      ),
    ),
  );
}
