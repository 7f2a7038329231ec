import type { Rule } from "../rule.ts";
import { beside } from "../missing.ts";

/** A TCP connection for SIP was not set up, so nothing could be sent over it. RFC 9293 §3.5.2, §3.8.3 */
export const connectionNotOpened: Rule<"connection", "connection-not-opened"> = {
  id: "connection-not-opened",
  inspects: "connection",
  citations: [],
  check({ first, count, clients }) {
    if (first.kind !== "tcp-reset" && first.kind !== "tcp-unanswered") return undefined;
    const isRefused = first.kind === "tcp-reset";
    const [client, server] = isRefused ? [first.destination, first.source] : [first.source, first.destination];
    return {
      verdict: isRefused ? "certain" : "likely",
      cause: isRefused ? "refused" : "no-answer",
      evidence: [first],
      citations: [isRefused ? "RFC 9293 §3.5.2" : "RFC 9293 §3.8.3"],
      missing: isRefused ? [] : [beside(server)],
      values: { client: client.address, server: server.text, count, clients: clients.size },
    };
  },
};
