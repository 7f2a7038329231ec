import { withPort } from "./hostPort.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * SDL traces of Cisco Unified Communications Manager: `00004711.002 |07:04:06.383 |AppInfo  |SIPTcp - wait_SdlReadRsp: Incoming SIP TCP message from
 * 10.9.0.20 on port 5060 index 12 with 692 bytes:` or `… Outgoing SIP TCP message to 10.9.0.30 on port 5060 index 13`, a line `[4711,NET]`, the message.
 */
export const cucmSdl: TraceFormat = {
  name: "cisco-cucm-sdl",
  marker(line, continues) {
    if (line[0] === "[") return continues && line.trimEnd().endsWith(",NET]") ? {} : undefined;
    const bar = line.indexOf(" |");
    const time = bar < 0 ? undefined : timestampAt(line, bar + 2);
    if (time === undefined) return undefined;
    const at = line.indexOf("coming SIP ") >= 0 ? line.indexOf("coming SIP ") : line.indexOf("going SIP ");
    const [, , transport, , preposition, host = "", , , port = ""] = at < 0 ? [] : line.slice(at).split(" ");
    // Any other line of the log ends a message too.
    const address = withPort(host, port, 5060);
    if (address === undefined || (preposition !== "from" && preposition !== "to"))
      return { begins: true, head: { time } };
    const known = { time, transport: transportNamed(transport) };
    return {
      begins: true,
      head:
        preposition === "from"
          ? { ...known, direction: "received", source: address }
          : { ...known, direction: "sent", destination: address },
    };
  },
};
