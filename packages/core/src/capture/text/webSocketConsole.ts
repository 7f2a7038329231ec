import { logTimeAt } from "./startLine.ts";
import type { TraceFormat } from "./traceFormat.ts";

/**
 * What JsSIP and SIP.js print to a browser's console: `sending message:`, `received text message:`; `Sending WebSocket message:`,
 * `Received WebSocket text message:`; then the message. No addresses. JsSIP src/Transport.js, SIP.js transport.ts.
 */
export const webSocketConsole: TraceFormat = {
  name: "websocket-console",
  marker(line) {
    if (!line.includes("message:")) return undefined;
    const text = line.trimEnd();
    const found = MARKS.find(([mark]) => text.endsWith(mark));
    if (found === undefined) return undefined;
    const time = logTimeAt(line);
    return { begins: true, head: { time, direction: found[1], transport: "wss" } };
  },
};

const MARKS: readonly (readonly [string, "sent" | "received"])[] = [
  ["sending message:", "sent"],
  ["received text message:", "received"],
  ["received binary message:", "received"],
  ["Sending WebSocket message:", "sent"],
  ["Received WebSocket text message:", "received"],
  ["Received WebSocket binary message:", "received"],
];
