import { via } from "../../message/via.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { DeliveryEvent } from "../networkEvents.ts";
import type { Context, Draft, Rule } from "../rule.ts";
import { beside, longer, secondsBetween } from "../wording.ts";
import { misdeliveryOf } from "./misdelivery.ts";
import { lostBehindNat } from "./nat-binding-expired.ts";
import { oversizedRequest } from "./oversizedRequest.ts";
import { unansweredFlaw } from "./request-malformed.ts";
import { isSilent, watchOf } from "./silence.ts";

/** A request to which no response at all comes. RFC 3261 §17.1.1.2, §17.1.2.2, §8.1.3.1, §18.4 */
export const requestUnanswered: Rule<"transaction", "request-unanswered"> = {
  id: "request-unanswered",
  inspects: "transaction",
  citations: ["RFC 3261 §17.1.1.2", "RFC 3261 §17.1.2.2"],
  restsOnSides: ["response-misdelivered"],
  check(root, context) {
    if (root.request === undefined || root.method === "ACK") return undefined;
    if (root.responses.length > 0) return misdelivered(root);
    if (!isSilent(root, context)) return undefined;
    const { watchedMicros, shown, expired } = watchOf(root, context);
    const event = deliveryFailure(root, context);
    if ((event === undefined && !shown) || oversizedRequest(root, context) !== undefined) return undefined;
    if (unansweredFlaw(root, context) !== undefined) return undefined;
    if (lostBehindNat(root, context) !== undefined) return undefined;
    return {
      verdict: event !== undefined ? "certain" : expired ? "likely" : "indeterminate",
      cause:
        event === undefined
          ? "next-hop-silent"
          : event.kind === "tcp-reset"
            ? "connection-refused"
            : "icmp-unreachable",
      evidence: event === undefined ? root.requests : [...root.requests, event],
      missing:
        expired || event !== undefined ? [beside(root.server)] : [longer(Math.ceil((timerB - watchedMicros) / 1e6))],
      citations: event === undefined ? [] : ["RFC 3261 §18.4"],
      values: {
        ...valuesOf(root),
        reporter: event?.kind === "icmp-unreachable" ? event.reporter : "",
        reason: event?.kind === "icmp-unreachable" ? event.reason : "",
      },
    };
  },
};

/** The server did answer, but to somewhere else, for a reason that `response-misdelivered` does not name. RFC 3261 §18.2.2 */
function misdelivered(root: Transaction): Draft<"request-unanswered"> | undefined {
  const misdelivery = root.requests.length < 2 ? undefined : misdeliveryOf(root);
  if (misdelivery === undefined || misdelivery.cause !== undefined || root.request === undefined) return undefined;
  const { response, again } = misdelivery;
  return {
    verdict: "likely",
    cause: "response-misdelivered",
    response,
    evidence: [{ message: root.request, field: via }, response, ...again],
    missing: [beside(root.client)],
    citations: ["RFC 3261 §18.2.2", "RFC 3581 §4"],
    values: { ...valuesOf(root), delivered: response.packet.destination.text },
  };
}

function valuesOf({ client, server, method, requests }: Transaction) {
  return {
    client: client.text,
    server: server.text,
    method,
    attempts: requests.length,
    seconds: secondsBetween(requests[0], requests[requests.length - 1]),
  };
}

/** TTL exceeded and source quench do not count. RFC 3261 §18.4 */
function deliveryFailure(root: Transaction, context: Context): DeliveryEvent | undefined {
  return context.eventsAbout(root.client, root.server, root.first.packet.timeMicros)[0];
}
