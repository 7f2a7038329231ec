import { hostPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { logTimeAt } from "./startLine.ts";
import type { TraceFormat, TraceMarker } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * Asterisk's `sip set debug on` (up to 20): `<--- SIP read from UDP:10.9.0.10:5060 --->`, `<--- Transmitting (no NAT) to 10.9.0.10:5060 --->`,
 * `Reliably Transmitting (NAT) to 10.9.0.30:5060:`, `Retransmitting #2 (NAT) to 10.9.0.30:5060:`. channels/chan_sip.c.
 */
export const chanSip: TraceFormat = {
  name: "asterisk-chan-sip",
  marker(line, continues) {
    if (line.startsWith("<------------")) return {};
    if (continues && line.startsWith("---")) return {};
    const read = line.indexOf("<--- SIP read from ");
    const found = read >= 0 ? readFrom(line.slice(read + 19)) : transmitting(line);
    const time = found && logTimeAt(line);
    return found && { begins: true, head: { time, ...found.head } };
  },
};

function readFrom(text: string): TraceMarker | undefined {
  const [peer] = text.split(" ", 1);
  const colon = peer.indexOf(":");
  const source = hostPort(peer.slice(colon + 1));
  return source && { head: { ...messageSides(true, source), transport: transportNamed(peer.slice(0, colon)) } };
}

function transmitting(line: string): TraceMarker | undefined {
  const verb = line.indexOf("ransmitting ");
  const to = line.indexOf(") to ", verb);
  if (verb < 1 || to < 0 || to - verb > 32 || (!line.includes("(NAT)") && !line.includes("(no NAT)"))) return undefined;
  const [peer] = line.slice(to + 5).split(" ", 1);
  const destination = hostPort(peer.endsWith(":") ? peer.slice(0, -1) : peer);
  return destination && { head: messageSides(false, destination) };
}
