import { hostPort } from "./hostPort.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceMarker } from "./traceFormat.ts";

/**
 * Lync and Skype for Business servers, component S4 (SIPStack): `TL_INFO(TF_PROTOCOL) [0]0A4C.1234::11/22/2026-07:04:06.383.0012ab34 (…) [123] $$begin_record`,
 * lines about the message, `Start-Line: ` and the start line, the header fields, `Message-Body: ` and the body, `$$end_record`.
 */
export const lyncServer: TraceFormat = {
  name: "lync-s4",
  keepsHead: true,
  marker(line, continues) {
    if (line.includes(BEGIN)) return beginning(line);
    if (!continues) return undefined;
    if (line.trimEnd().endsWith("$$end_record")) return {};
    if (line.startsWith(START_LINE)) return { rest: line.slice(START_LINE.length) };
    if (line.startsWith("Direction: ")) {
      const isReceived = line.startsWith("Direction: incoming");
      return { head: { direction: isReceived ? "received" : "sent", swapped: !isReceived } };
    }
    const peer = line.startsWith("Peer: ") ? hostPort(line.slice("Peer: ".length).trim()) : undefined;
    // As if it had been received, which the direction turns round.
    return peer && { head: { source: peer } };
  },
  strip: (line) => (line.startsWith(BODY) ? `\n${line.slice(BODY.length)}` : line),
};

const BEGIN = "$$begin_record";
const START_LINE = "Start-Line: ";
const BODY = "Message-Body: ";

function beginning(line: string): TraceMarker {
  const at = line.indexOf("::");
  const time = at < 0 ? undefined : timestampAt(line, at + 2);
  return { begins: true, head: { ...(time && { time }), transport: "tls" } };
}
