import type { ConnectionClosed, ConnectionReset } from "../network/packet.ts";

/** What on the wire ended it. */
export function connectionEnd(event: ConnectionClosed | ConnectionReset): string {
  if (event.kind === "connection-closed") return CLOSED_BY[event.by];
  return event.transport === "sctp" ? "SCTP ABORT" : "TCP RST";
}

const CLOSED_BY: Readonly<Record<ConnectionClosed["by"], string>> = {
  fin: "TCP FIN",
  "websocket-close": "WebSocket Close",
  "tls-alert": "TLS Alert",
  "sctp-shutdown": "SCTP SHUTDOWN",
};
