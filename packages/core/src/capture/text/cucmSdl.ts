import { hostPort, withPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceHead } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * SDL traces of Cisco Unified Communications Manager: `00004711.002 |07:04:06.383 |AppInfo  |SIPTcp - wait_SdlReadRsp: Incoming SIP TCP message from
 * 10.9.0.20 on port 5060 index 12 with 692 bytes:`, `… Outgoing SIP TCP message to 10.9.0.30 on port 5060 index 13`, over UDP `… Incoming SIP UDP message
 * size 539 from 10.9.0.20:[5060]:`; a line `[4711,NET]`, the message. Older traces begin `11/22/2026 07:04:06.383 CCM|//SIP/SIPUdp/wait_SdlSPISignal: …`.
 */
export const cucmSdl: TraceFormat = {
  name: "cisco-cucm-sdl",
  marker(line, continues) {
    if (line[0] === "[") return continues && line.trimEnd().endsWith(",NET]") ? {} : undefined;
    const bar = line.indexOf("|");
    const time =
      bar < 0
        ? undefined
        : ((line[bar - 1] === " " ? timestampAt(line, bar + 1) : undefined) ??
          (line.startsWith("CCM|", bar - 3) ? timestampAt(line, 0) : undefined));
    if (time === undefined) return undefined;
    const at =
      line.indexOf("Incoming SIP ", bar) >= 0 ? line.indexOf("Incoming SIP ", bar) : line.indexOf("Outgoing SIP ", bar);
    // Any other line of the log ends a message too.
    if (at < 0) return { begins: true, head: { time }, isOther: true };
    return { begins: true, head: { time, ...sideOf(line.slice(at)) } };
  },
};

function sideOf(text: string): TraceHead {
  const received = text.startsWith("I");
  const [, , transport] = text.split(" ", 3);
  const preposition = received ? " from " : " to ";
  const at = text.indexOf(preposition);
  if (at < 0) return {};
  const [host = "", , , port = ""] = text.slice(at + preposition.length).split(" ");
  const bracket = host.indexOf(":[");
  const side =
    bracket < 0
      ? withPort(host, port, 5060)
      : hostPort(`${host.slice(0, bracket)}:${host.slice(bracket + 2, host.indexOf("]"))}`);
  return { transport: transportNamed(transport), ...messageSides(received, side) };
}
