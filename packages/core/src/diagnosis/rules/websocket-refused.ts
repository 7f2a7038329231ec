import type { Rule } from "../rule.ts";

/** A WebSocket that was to carry SIP was not opened: the server answered as a web server does, or opened one that is not for SIP. RFC 6455 §4.2.2, RFC 7118 §4.1 */
export const websocketRefused: Rule<"connection", "websocket-refused"> = {
  id: "websocket-refused",
  inspects: "connection",
  citations: ["RFC 7118 §4.1", "RFC 6455 §4.2.2"],
  check({ first, count, clients }) {
    if (first.kind !== "websocket-refused") return undefined;
    const { destination: client, source: server, answer, path } = first;
    const statusCode = Number(answer.split(" ", 2)[1]);
    const because = becauseOf(statusCode);
    return {
      // Browsers follow no redirect here, other clients may; they do without an agreement as well. RFC 6455 §4.1
      verdict: because === "unagreed" || (statusCode >= 300 && statusCode < 400) ? "likely" : "certain",
      evidence: [first],
      values: {
        client: client.address,
        server: server.text,
        count,
        clients: clients.size,
        path,
        answer,
        because,
      },
    };
  },
};

/** What a web server most often means by it. */
function becauseOf(statusCode: number): "unagreed" | "forbidden" | "behind" | "other" {
  if (statusCode === 101) return "unagreed";
  if (statusCode === 403) return "forbidden";
  return statusCode >= 502 && statusCode <= 504 ? "behind" : "other";
}
