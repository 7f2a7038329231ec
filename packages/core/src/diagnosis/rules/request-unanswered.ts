import type { NetworkEvent } from "../../network/packet.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context, Rule } from "../rule.ts";
import { longer, secondsOf } from "../wording.ts";

/** Two retransmissions show that the client waits and gets nothing: at 0, T1 and 3*T1. RFC 3261 §17.1.1.2 */
const SENDINGS_THAT_SHOW_SILENCE = 3;

/** A request to which no response at all comes. RFC 3261 §17.1.1.2, §17.1.2.2, §8.1.3.1, §18.4 */
export const requestUnanswered: Rule<"transaction", "request-unanswered"> = {
  id: "request-unanswered",
  inspects: "transaction",
  citations: ["RFC 3261 §17.1.1.2", "RFC 3261 §17.1.2.2"],
  check(root, context) {
    const { request, requests } = root;
    if (request === undefined || root.method === "ACK" || !isSilent(root)) return undefined;
    const startMicros = request.packet.timeMicros;
    const event = deliveryFailure(root, context);
    const watched = context.observedUntilMicros - startMicros;
    if (event === undefined && watched < timerB && requests.length < SENDINGS_THAT_SHOW_SILENCE) return undefined;
    const proven = event !== undefined || watched >= timerB;
    return {
      verdict: event !== undefined ? "certain" : proven ? "likely" : "indeterminate",
      cause:
        event === undefined
          ? "next-hop-silent"
          : event.kind === "tcp-reset"
            ? "connection-refused"
            : "icmp-unreachable",
      evidence: event === undefined ? requests : [...requests, event],
      missing: missingFor(root, proven, watched),
      citations: event === undefined ? [] : ["RFC 3261 §18.4"],
      values: {
        client: root.client.text,
        server: root.server.text,
        method: root.method,
        attempts: requests.length,
        seconds: secondsOf(startMicros, requests[requests.length - 1].packet.timeMicros),
        reporter: event?.kind === "icmp-unreachable" ? event.reporter : "",
        reason: event?.kind === "icmp-unreachable" ? event.reason : "",
        delivered: "",
      },
    };
  },
};

function isSilent(root: Transaction): boolean {
  return root.responses.length === 0 && root.downstream.every(({ responses }) => responses.length === 0);
}

/** TTL exceeded and source quench do not count. RFC 3261 §18.4 */
function deliveryFailure(root: Transaction, context: Context): NetworkEvent | undefined {
  return context.eventsAbout(root.client, root.server, root.first.packet.timeMicros)[0];
}

function missingFor(root: Transaction, proven: boolean, watchedMicros: number): ReturnType<typeof longer>[] {
  if (!proven) return [longer(Math.ceil((timerB - watchedMicros) / 1e6))];
  const { address, text } = root.server;
  return [{ kind: "beside", values: { address: text, filter: `host ${address}` } }];
}
