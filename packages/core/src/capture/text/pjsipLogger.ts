import { hostPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { logTimeAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceMarker } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * Asterisk's `pjsip set logger on`: `<--- Received SIP request (692 bytes) from UDP:10.9.0.10:5060 --->`, and of `pjsip show history`
 * the entries: `<--- History Entry 3 Sent to 10.9.0.20:5060 at 1795331046 --->`. res/res_pjsip_logger.c, res/res_pjsip_history.c.
 */
export const pjsipLogger: TraceFormat = {
  name: "asterisk-pjsip",
  marker(line) {
    const at = line.indexOf("<--- ");
    if (at < 0 || !line.includes(" --->", at)) return undefined;
    const text = line.slice(at + 5, line.lastIndexOf(" --->"));
    const marker = text.startsWith("History Entry ") ? historyEntry(text) : loggedMessage(text);
    const time = at > 0 ? logTimeAt(line) : undefined;
    return marker && { begins: true, head: { time, ...marker.head } };
  },
};

function loggedMessage(text: string): TraceMarker | undefined {
  const received = text.startsWith("Received SIP re");
  if (!received && !text.startsWith("Transmitting SIP re")) return undefined;
  const peer =
    text
      .slice(text.lastIndexOf(received ? " from " : " to "))
      .trim()
      .split(" ")[1] ?? "";
  const colon = peer.indexOf(":");
  const transport = transportNamed(peer.slice(0, colon));
  const address = hostPort(peer.slice(colon + 1));
  return { head: { transport, ...messageSides(received, address) } };
}

function historyEntry(text: string): TraceMarker | undefined {
  const received = text.includes(" Received from ");
  const words = text
    .slice(text.indexOf(received ? " from " : " to "))
    .trim()
    .split(" ");
  const address = hostPort(words[1] ?? "");
  const seconds = words[2] === "at" ? words[3] : undefined;
  const time = seconds === undefined ? undefined : timestampAt(seconds.includes(".") ? seconds : `${seconds}.0`, 0);
  return { head: { ...(time && { time }), ...messageSides(received, address) } };
}
