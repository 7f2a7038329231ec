import { hostPort, withPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { startLineAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceHead, TraceMarker } from "./traceFormat.ts";

/**
 * Syslog of Avaya phones: `<166>Nov 22 07:06:44 10.9.0.30 SIPMESSAGE: +01:00 2026 357 1 .TEL | 0 CSIPServer::SendToNetwork(): Outbound SIP message to
 * 10.9.0.21:5060`, then `TX ` and the message; `CNetworkInputManager::ProcessInput(): Inbound SIP message from ip = 10.9.0.21 port: 5060`, then `RX `.
 * A long one comes as `[Part 01 of 02]` and `[Part 02 of 02]`. Read from the samples in a public converter of these logs.
 */
export const avayaPhone: TraceFormat = {
  name: "avaya-phone",
  marker(line, continues) {
    const tag = line.indexOf("SIPMESSAGE: ");
    if (tag < 0) return continues ? directionLine(line) : undefined;
    const time = timeOf(line, tag);
    const part = line.indexOf("[Part ", tag);
    const head = { time, entry: part < 0 ? undefined : "part" };
    const partEnd = part < 0 ? -1 : line.indexOf("]", part);
    if (partEnd >= 0 && line.slice(part + 6, part + 8) !== "01")
      return { begins: true, head, rest: line.slice(partEnd + 1).trimStart() };
    return { begins: true, ...(directionLine(line, head) ?? { head }) };
  },
  startLineAt(line) {
    const isMarked = line.startsWith("TX ") || line.startsWith("RX ");
    return isMarked && startLineAt(line.slice(3)) === 0 ? 3 : -1;
  },
};

/** The clock of the syslog line is UTC there; year and milliseconds stand behind the zone. */
function timeOf(line: string, tag: number): TraceHead["time"] {
  const words = line
    .slice(Math.max(0, tag - 48), tag)
    .trimEnd()
    .split(" ");
  const [, year = "", millis = ""] = line.slice(tag + 12).split(" ", 3);
  const clock = words.findLastIndex((word) => word[2] === ":" && word[5] === ":");
  if (clock < 2) return undefined;
  const month = words[clock - 1] === "" ? clock - 3 : clock - 2;
  const day = words[clock - 1];
  const name = (words[month] ?? "").slice(-3);
  return timestampAt(`${name} ${day} ${year} ${words[clock]}.${millis.padStart(3, "0")}`, 0);
}

function directionLine(line: string, head: TraceHead = {}): TraceMarker | undefined {
  const sent = line.indexOf("Outbound SIP message to ");
  if (sent >= 0) {
    const [address, mark, ...rest] = line.slice(sent + 24).split(" ");
    const message = mark === "TX" ? { rest: rest.join(" ") } : {};
    return { head: { ...head, ...messageSides(false, hostPort(address)) }, ...message };
  }
  const received = line.indexOf("Inbound SIP message from ");
  if (received < 0) return undefined;
  const words = line
    .slice(received + 25)
    .split(" ")
    .filter((word) => word !== "");
  const source = words[0] === "ip" ? withPort(words[2] ?? "", words[4] ?? "", 5060) : hostPort(words[0] ?? "");
  return { head: { ...head, ...messageSides(true, source) } };
}
