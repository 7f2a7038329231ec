import { logTimeAt, startLineAt } from "./startLine.ts";
import type { TraceFormat, TraceMarker } from "./traceFormat.ts";

/**
 * What JsSIP and SIP.js print to a browser's console: `sending message:`, `received text message:`; `Sending WebSocket message:`,
 * `Received WebSocket text message:`; then the message. SIPml5 has `recv=` or `SEND: ` before the start line. No addresses. JsSIP src/Transport.js, SIP.js transport.ts, sipml5 tsip_transport.js.
 */
export const webSocketConsole: TraceFormat = {
  name: "websocket-console",
  marker(line) {
    if (!line.includes("message:")) return sipml5(line);
    const text = line.trimEnd();
    const found = MARKS.find(([mark]) => text.endsWith(mark));
    if (found === undefined) return undefined;
    // A browser says first which line of which file printed it.
    const time = logTimeAt(line) ?? logTimeAt(line.slice(line.indexOf(" ") + 1));
    return { begins: true, head: { time, direction: found[1], transport: "wss" } };
  },
};

function sipml5(line: string): TraceMarker | undefined {
  for (const [mark, direction] of SIPML5) {
    const at = line.indexOf(mark);
    if (at < 0) continue;
    const rest = line.slice(at + mark.length);
    if (startLineAt(rest) === 0) return { begins: true, head: { direction, transport: "wss" }, rest };
  }
  return undefined;
}

const SIPML5: readonly (readonly [string, "sent" | "received"])[] = [
  ["SEND: ", "sent"],
  ["recv=", "received"],
];

const MARKS: readonly (readonly [string, "sent" | "received"])[] = [
  ["sending message:", "sent"],
  ["received text message:", "received"],
  ["received binary message:", "received"],
  ["Sending WebSocket message:", "sent"],
  ["Received WebSocket text message:", "received"],
  ["Received WebSocket binary message:", "received"],
];
