import { hostPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { logTimeAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceMarker } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * AudioCodes syslog: `---- Incoming SIP Message from 10.9.0.20:5060 to SIPInterface #0 (…) UDP TO(#12) SocketID(3) ----` or
 * `---- Outgoing SIP Message to 10.9.0.30:5060 from SIPInterface #0 (…) UDP TO(#12) ----`, the message, `[Time:22-11@07:04:06.383]`.
 */
export const audiocodes: TraceFormat = {
  name: "audiocodes",
  marker(line, continues) {
    const at = line.indexOf(" SIP Message ");
    if (at >= 0 && line.includes("---- ")) return message(line, at);
    return continues && line.trimStart().startsWith("[Time:") ? timeBehind(line) : undefined;
  },
};

function message(line: string, at: number): TraceMarker | undefined {
  const received = line.slice(at - 8, at) === "Incoming";
  if (!received && line.slice(at - 8, at) !== "Outgoing") return undefined;
  const [, peer = ""] = line.slice(at + 13).split(" ", 2);
  const address = hostPort(peer);
  const transport = transportNamed(TRANSPORTS.find((name) => line.includes(` ${name} `, at)));
  const time = logTimeAt(line) ?? timeIn(line);
  return address && { begins: true, head: { time, transport, ...messageSides(received, address) } };
}

const TRANSPORTS: readonly string[] = ["UDP", "TCP", "TLS", "WSS", "WS"];

/** It ends the message; its time is taken where the lines have none of their own. */
function timeBehind(line: string): TraceMarker {
  return { begins: true, head: { time: timeIn(line) } };
}

/** `[Time:22-11@07:04:06.383]`: day and month, no year. */
function timeIn(line: string): ReturnType<typeof timestampAt> {
  const at = line.indexOf("[Time:");
  if (at < 0) return undefined;
  const [day, clock = ""] = line.slice(at + 6).split("@", 2);
  const [dayOfMonth, month] = day.split("-");
  return timestampAt(`${MONTHS[Number(month) - 1] ?? ""} ${dayOfMonth} ${clock}`, 0);
}

const MONTHS: readonly string[] = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
