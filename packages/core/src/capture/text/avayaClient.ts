import { hostPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat } from "./traceFormat.ts";

/**
 * Avaya clients: `2026-11-22 07:06:44.357 D [21480] [CSDK::SIP] SENDING 806 bytes to 10.9.0.21:5061 {` or `… RECEIVED 824 bytes from …`, the message,
 * `}`. Read from the samples in a public converter of these logs.
 */
export const avayaClient: TraceFormat = {
  name: "avaya-client",
  marker(line, continues) {
    if (continues && line.trim() === "}") return {};
    const bytes = line.indexOf(" bytes ");
    if (bytes < 0 || !line.trimEnd().endsWith("{")) return undefined;
    const received = line.lastIndexOf("RECEIVED ", bytes) >= 0;
    if (!received && line.lastIndexOf("SENDING ", bytes) < 0) return undefined;
    const [, , preposition, address = ""] = line.slice(bytes).split(" ");
    const peer = hostPort(address);
    if (peer === undefined || preposition !== (received ? "from" : "to")) return undefined;
    const time = timestampAt(line, line[0] === "[" ? 1 : 0);
    return { begins: true, head: { time, transport: "tls", ...messageSides(received, peer) } };
  },
};
