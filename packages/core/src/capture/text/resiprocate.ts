import { hostPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { logTimeAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceHead } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * reSIProcate, and Bria and others that use it: `DEBUG | 20261122-070644.357 | repro | RESIP:TRANSPORT | 140 | TransportSelector.cxx:1022 | Transmitting to
 * [ V4 10.9.0.30:5060 UDP target domain=… ] tlsDomain= via [ V4 10.9.0.21:5060 UDP … ]` or `… incoming from: [ V4 10.9.0.20:5060 UDP … ]`, the message.
 * resip/stack/TransportSelector.cxx, Transport.cxx.
 */
export const resiprocate: TraceFormat = {
  name: "resiprocate",
  marker(line, continues) {
    if (continues && line.startsWith("sigcomp id=")) return {};
    const sent = line.indexOf("Transmitting to [ V");
    const received = sent < 0 ? line.indexOf("incoming from: [ V") : -1;
    // The message itself may come in the next entry.
    if (sent < 0 && received < 0) return continues && line.includes("| RESIP:") ? {} : undefined;
    const isReceived = received >= 0;
    const { side: peer, transport } = tuple(line, isReceived ? received : sent);
    const { side: own } = tuple(line, isReceived ? -1 : line.indexOf(" via [ V", sent));
    return { begins: true, head: { time: timeOf(line), transport, ...messageSides(isReceived, peer, own) } };
  },
};

/** `[ V4 10.9.0.30:5060 UDP target domain=… ]`. */
function tuple(line: string, from: number): { side: TraceHead["source"]; transport: TraceHead["transport"] } {
  const at = from < 0 ? -1 : line.indexOf("[ V", from);
  if (at < 0) return { side: undefined, transport: undefined };
  const [, , address = "", transport] = line.slice(at).split(" ", 4);
  const side = hostPort(address);
  const isAny = side?.host === "0.0.0.0" || side?.host === "::";
  return { side: isAny ? undefined : side, transport: transportNamed(transport) };
}

/** Bria has it first, reSIProcate behind the level: `DEBUG | 20261122-070644.357 |`. */
function timeOf(line: string): TraceHead["time"] {
  const own = logTimeAt(line);
  if (own !== undefined) return own;
  const at = line.indexOf("| ") + 2;
  const [date, clock = ""] = line.slice(at, at + 19).split("-", 2);
  if (at < 2 || date.length !== 8) return undefined;
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  return timestampAt(`${day} ${clock.slice(0, 2)}:${clock.slice(2, 4)}:${clock.slice(4)}`, 0);
}
