import { hostPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { type Timestamp, timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceHead, TraceMarker } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * `~/.twinkle/twinkle.log`: `+++ 1-12-2026 12:34:00.931653 INFO SIP ::send_sip_udp`, `Send to: udp:10.9.0.20:5060` or `Received from: …`, the message,
 * `---`. Entries of other kinds quote what was never sent: a request whose destination was not found, and the answer that Twinkle gives itself.
 * Of a long message it writes the beginning, and `<cut off>`.
 */
export const twinkle: TraceFormat = {
  name: "twinkle",
  keepsHead: true,
  marker(line, continues) {
    if (line.startsWith("+++ ")) return entry(line);
    if (continues && line === "---") return { begins: true };
    if (continues && line === "<cut off>") return { cut: true };
    return passage(line, continues);
  },
};

function entry(line: string): TraceMarker | undefined {
  const [, day, clock = ""] = line.split(" ", 3);
  const time = timeOf(day, clock);
  return time && { begins: true, head: { time, isQuoted: true, entry: clock } };
}

/** Day and month have no leading zeros. */
function timeOf(date: string, clock: string): Timestamp | undefined {
  const [day, month = "", year = ""] = date.split("-");
  return timestampAt(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")} ${clock}`, 0);
}

function passage(line: string, continues: boolean): TraceMarker | undefined {
  const isReceived = line.startsWith(RECEIVED);
  if (!isReceived && !line.startsWith(SENT)) return undefined;
  const peer = line.slice(isReceived ? RECEIVED.length : SENT.length);
  const colon = peer.indexOf(":");
  const other = hostPort(peer.slice(colon + 1));
  if (colon < 0 || other === undefined) return undefined;
  const head: TraceHead = {
    isQuoted: false,
    transport: transportNamed(peer.slice(0, colon)),
    ...messageSides(isReceived, other),
  };
  return { begins: !continues, head };
}

const SENT = "Send to: ";
const RECEIVED = "Received from: ";
