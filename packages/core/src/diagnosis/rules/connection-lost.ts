import { isReliable } from "../../capture/transport.ts";
import { isSipPort } from "../../network/sipPorts.ts";
import { hops, isSuccess, type Transaction, wasAccepted } from "../../transaction/transaction.ts";
import type { ConnectionEnd } from "../networkEvents.ts";
import type { Context, Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { secondsUntil } from "../elapsed.ts";
import { connectionLog } from "../missing.ts";
import { TIMED_OUT } from "./endedBehind.ts";

/** A phone closes the connection over which it calls or is called, before the call is answered. RFC 3261 §18 */
export const connectionLost: Rule<"transaction", "connection-lost"> = {
  id: "connection-lost",
  inspects: "transaction",
  citations: ["RFC 3261 §18"],
  check(root, context) {
    const lost = lostWhileRinging(root, context);
    if (lost === undefined) return undefined;
    const { hop, cause, event } = lost;
    const response = root.finalResponse;
    return {
      verdict: "likely",
      cause,
      response,
      origin: response && context.originOf(root, response),
      element: event.source,
      evidence: [hop.first, event, ...(response === undefined ? [] : [response])],
      missing: [connectionLog(event.source)],
      values: {
        callee: calleeOf(root),
        phone: event.source.text,
        server: event.destination.text,
        seconds: secondsUntil(hop.first, event.timeMicros),
        statusCode: response?.statusCode ?? 0,
      },
    };
  },
};

export interface LostConnection {
  readonly hop: Transaction;
  readonly cause: "by-caller" | "by-callee";
  readonly event: ConnectionEnd;
}

/** The INVITE was open on this connection, and nothing of the call was heard from that side any more. */
export function lostWhileRinging(root: Transaction, context: Context): LostConnection | undefined {
  if (root.method !== "INVITE" || root.request === undefined || root.request.toTag !== "") return undefined;
  if (wasAccepted(root)) return undefined;
  const lost = hops(root)
    .map((hop) => closedOf(hop, context))
    .find((each) => each !== undefined);
  return lost === undefined || wasSetUp(root, lost, context) ? undefined : lost;
}

function closedOf(hop: Transaction, context: Context): LostConnection | undefined {
  const event = closedWhileOpen(hop, context);
  if (event?.source === hop.server && hop.downstream.length === 0) return { hop, cause: "by-callee", event };
  return event?.source === hop.client && hop.upstream === undefined ? { hop, cause: "by-caller", event } : undefined;
}

/** An answer, or what follows one that is not in the capture; one that comes later does not reach a caller who is gone. RFC 3261 §13.2.2.4 */
function wasSetUp(root: Transaction, { cause, event }: LostConnection, { leg }: Context): boolean {
  const untilMicros = cause === "by-caller" ? event.timeMicros : Number.POSITIVE_INFINITY;
  const answers = hops(root).flatMap(({ responses }) => responses.filter(isSuccess));
  const followers = leg.transactions
    .filter(({ method, index }) => index > root.index && (method === "ACK" || method === "BYE"))
    .map(({ first }) => first);
  return [...answers, ...followers].some(({ packet }) => packet.timeMicros <= untilMicros);
}

function closedWhileOpen(hop: Transaction, context: Context): ConnectionEnd | undefined {
  const { first, client, server, responses, finalResponse, cancel } = hop;
  if (!isReliable(first.packet.transport) || finalResponse !== undefined) return undefined;
  // That nothing at all came back is told of the request, unless somebody said of it that a time had run out.
  if (responses.length === 0 && !TIMED_OUT.has(hop.upstream?.finalResponse?.statusCode ?? 0)) return undefined;
  const event = context.closedBetween(client, server, first.packet.timeMicros, context.observedUntilMicros);
  // A server can be reached by a new connection: what it closes may be no more than an idle one.
  if (event === undefined || isSipPort(event.source.port)) return undefined;
  const gaveUp = cancel !== undefined && cancel.first.packet.timeMicros <= event.timeMicros;
  const isHeardAgain = context.leg.messages.some(
    ({ packet }) => packet.timeMicros > event.timeMicros && packet.source.host === event.source.host,
  );
  return gaveUp || isHeardAgain ? undefined : event;
}
