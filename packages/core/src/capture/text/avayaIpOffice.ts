import { hostPort } from "./hostPort.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceHead } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * Avaya IP Office System Monitor: `2026-11-22T07:06:44 2413009585mS SIP Rx: UDP 10.9.0.20:5060 -> 10.9.0.21:5060`, the clock only if it was asked for, else
 * the milliseconds since the start; then the message, indented. Read from the samples in a public converter of these logs.
 */
export const avayaIpOffice: TraceFormat = {
  name: "avaya-ip-office",
  marker(line, continues) {
    const uptime = line.indexOf("mS ");
    if (uptime < 0) return undefined;
    const time = timestampAt(line, 0) ?? sinceStart(line.slice(line.lastIndexOf(" ", uptime) + 1, uptime));
    const at = line.indexOf(" SIP ", uptime);
    const [, , verb, transport, from = "", arrow, to = ""] = line.slice(at).split(" ");
    const [source, destination] = [hostPort(from), hostPort(to.trimEnd())];
    // Any other line of the monitor ends a message.
    if (at < 0 || arrow !== "->" || source === undefined || destination === undefined)
      return continues && time !== undefined ? { begins: true, head: { time }, isOther: true } : undefined;
    const direction = verb === "Rx:" ? "received" : "sent";
    return { begins: true, head: { time, direction, source, destination, transport: transportNamed(transport) } };
  },
};

const DAY_MILLIS = 86_400_000;

function sinceStart(digits: string): TraceHead["time"] {
  const millis = Number(digits);
  if (digits === "" || !Number.isSafeInteger(millis * 1000)) return undefined;
  const day = Math.floor(millis / DAY_MILLIS) * DAY_MILLIS;
  return {
    dayMicros: day * 1000,
    hasYear: false,
    hasZone: false,
    ofDayMicros: (millis - day) * 1000,
    end: digits.length,
  };
}
