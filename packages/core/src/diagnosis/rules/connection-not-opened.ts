import type {
  ConnectionReset,
  ConnectionTransport,
  ConnectionUnanswered,
  IcmpUnreachable,
} from "../../network/packet.ts";
import type { FailureEvent } from "../connectionFailures.ts";
import { failedSides } from "../failedSides.ts";
import type { Rule } from "../rule.ts";
import { beside } from "../missing.ts";

/** A connection for SIP was not set up, so nothing could be sent over it. RFC 9293 §3.5.2, §3.8.3, RFC 9260 §8.4, §5.1.6 */
export const connectionNotOpened: Rule<"connection", "connection-not-opened"> = {
  id: "connection-not-opened",
  inspects: "connection",
  citations: [],
  check({ first, count, clients }) {
    if (!isNotOpened(first)) return undefined;
    const { client, server } = failedSides(first);
    const transport = transportOf(first);
    const isReset = first.kind === "connection-reset";
    const verdict = isReset || (first.kind === "icmp-unreachable" && FINAL.has(first.reason)) ? "certain" : "likely";
    return {
      verdict,
      cause: CAUSES[first.kind],
      evidence: [first],
      citations: [CITATIONS[first.kind][transport]],
      missing: verdict === "certain" ? [] : [beside(server)],
      values: {
        client: client.address,
        server: server.text,
        transport: transport.toUpperCase(),
        packet: transport === "sctp" ? "INIT" : "SYN",
        reporter: first.kind === "icmp-unreachable" ? first.reporter : "",
        reason: first.kind === "icmp-unreachable" ? first.reason : "",
        count,
        clients: clients.size,
      },
    };
  },
};

type NotOpened = ConnectionReset | ConnectionUnanswered | IcmpUnreachable;

function isNotOpened(event: FailureEvent): event is NotOpened {
  return event.kind in CAUSES;
}

const CAUSES = {
  "connection-reset": "refused",
  "connection-unanswered": "no-answer",
  "icmp-unreachable": "icmp-unreachable",
} as const;

const CITATIONS: Readonly<Record<NotOpened["kind"], Readonly<Record<ConnectionTransport, string>>>> = {
  "connection-reset": { tcp: "RFC 9293 §3.5.2", sctp: "RFC 9260 §8.4" },
  "connection-unanswered": { tcp: "RFC 9293 §3.8.3", sctp: "RFC 9260 §5.1.6" },
  "icmp-unreachable": { tcp: "RFC 9293 §3.9.2.2", sctp: "RFC 9260 §10" },
};

/** A host or network may be found again while the client still tries. RFC 9293 §3.9.2.2 */
const FINAL: ReadonlySet<string> = new Set(["port", "protocol", "prohibited"]);

function transportOf(event: NotOpened): ConnectionTransport {
  return (event.kind === "icmp-unreachable" ? event.opens : event.transport) ?? "tcp";
}
