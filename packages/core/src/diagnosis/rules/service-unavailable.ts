import { reason } from "../../message/reason.ts";
import { retryAfter } from "../../message/retryAfter.ts";
import { type Answer, answerOf, q850CauseOf } from "../answer.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { DeliveryEvent } from "../networkEvents.ts";
import type { Context, Evidence, Rule } from "../rule.ts";
import { logOf } from "../wording.ts";
import { refusedForWantOfPrack } from "./prack-missing.ts";
import { outOfOrder } from "./requestOrder.ts";

const UNAVAILABLE: ReadonlySet<number> = new Set([503, 500]);

/** Twice at the same number is hardly chance, unless the number is 1. */
const ONSETS_THAT_SHOW_IT = 2;
const ONSETS_OF_ONE_CALL = 3;

/** The server says that it cannot serve the request now. RFC 3261 §21.5.4, §21.5.1 */
export const serviceUnavailable: Rule<"transaction", "service-unavailable"> = {
  id: "service-unavailable",
  inspects: "transaction",
  citations: ["RFC 3261 §21.5.4"],
  finalStatusCodes: UNAVAILABLE,
  check(root, context) {
    const answer = unmasked(answerOf(root, UNAVAILABLE, context), context);
    if (answer === undefined || outOfOrder(root, context.leg.dialogs) !== undefined) return undefined;
    if (refusedForWantOfPrack(root, context)) return undefined;
    const { request, response, minted, origin, statusCode } = answer;
    const failure = sendFailure(answer, context);
    const concurrent = capacityOf(answer, context);
    const cause = causeOf(answer, failure, concurrent);
    return {
      verdict: cause === "server-error" || cause === "capacity-limit" ? "likely" : "certain",
      cause,
      response,
      origin,
      evidence: [request, minted, ...evidenceOf(cause, answer, failure), ...maskOf(root, answer)],
      missing: cause === "server-error" || cause === "capacity-limit" ? [logOf(origin.endpoint, request.callId)] : [],
      citations: cause === "cause-mapped" ? ["RFC 3398 §7.2.4.1"] : cause === "told-to-wait" ? ["RFC 3261 §20.33"] : [],
      values: {
        origin: origin.endpoint.text,
        client: answer.lastHop.client.text,
        statusCode,
        concurrent,
        retryAfter: response.first(retryAfter)?.seconds ?? 0,
        q850: q850CauseOf(response) ?? 0,
        next: failure?.destination.text ?? "",
        event: failure === undefined ? "" : nameOf(failure),
      },
    };
  },
};

/** A proxy hands a 503 on as 500: what happened is the 503. RFC 3261 §16.7 step 6 */
function unmasked(answer: Answer | undefined, context: Context): Answer | undefined {
  if (answer?.statusCode !== 500) return answer;
  const below = answer.lastHop.downstream.find(({ finalResponse }) => finalResponse?.statusCode === 503);
  return (below && answerOf(below, UNAVAILABLE, context)) ?? answer;
}

/** What the caller got in place of the 503. */
function maskOf({ finalResponse }: Transaction, { response }: Answer): Evidence[] {
  return finalResponse === undefined || finalResponse === response ? [] : [finalResponse];
}

type Cause = "capacity-limit" | "told-to-wait" | "cause-mapped" | "local-send-failure" | "server-error";

function causeOf({ response }: Answer, failure: DeliveryEvent | undefined, concurrent: number): Cause {
  if (q850CauseOf(response) !== undefined) return "cause-mapped";
  if (failure !== undefined) return "local-send-failure";
  if (concurrent > 0) return "capacity-limit";
  return response.has(retryAfter) ? "told-to-wait" : "server-error";
}

/**
 * The number of calls at which the server that answered refuses: it was the same each time it began to, and in between it took calls.
 * 0 where no such number shows.
 */
function capacityOf({ origin, response }: Answer, context: Context): number {
  const limit = context.limitAt(origin.endpoint, response.callId);
  if (limit === undefined || limit.open === 0 || limit.onsets.some((open) => open !== limit.open)) return 0;
  return limit.onsets.length >= (limit.open === 1 ? ONSETS_OF_ONE_CALL : ONSETS_THAT_SHOW_IT) ? limit.open : 0;
}

/** An ICMP error or TCP reset about what the element that answered had sent on. RFC 3261 §16.9, §18.4 */
function sendFailure({ lastHop }: Answer, context: Context): DeliveryEvent | undefined {
  for (const { client, server, first } of lastHop.downstream) {
    const event = context.eventsAbout(client, server, first.packet.timeMicros)[0];
    if (event !== undefined) return event;
  }
  return undefined;
}

function nameOf(event: DeliveryEvent): string {
  return event.kind === "icmp-unreachable" ? `ICMP ${event.reason} unreachable` : "TCP RST";
}

function evidenceOf(cause: Cause, { response }: Answer, failure: DeliveryEvent | undefined): Evidence[] {
  if (cause === "told-to-wait") return [{ message: response, field: retryAfter }];
  if (cause === "cause-mapped") return [{ message: response, field: reason }];
  return failure === undefined ? [] : [failure];
}
