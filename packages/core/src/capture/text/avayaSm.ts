import { hostPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { logTimeAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceHead } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * Avaya Session Manager, asset.log and traceSM: `com.avaya.asm SIPMSGT`, a line of 20 dashes, `22/11/2026 07:06:44.357 --> octets: 824, Body Length: 216`,
 * `ingress: { L10.9.0.21:5060/R10.9.0.20:5060/UDP/0x1a }`, dashes, the message, dashes; in syslog a long one goes on behind `SIPMSGT+`. paStash app_avaya.
 */
export const avayaSm: TraceFormat = {
  name: "avaya-sm",
  marker(line, continues) {
    const tag = line.indexOf("SIPMSGT");
    if (tag >= 0) {
      if (line[tag + 7] === "+") return { begins: true, head: ENTRY, rest: line.slice(tag + 9) };
      const time = logTimeAt(line);
      return { begins: true, head: { ...ENTRY, time } };
    }
    if (!continues) return undefined;
    return line.startsWith(DASHES) ? {} : lineOfHead(line);
  },
};

const DASHES = "-".repeat(20);
const ENTRY: TraceHead = { entry: "SIPMSGT" };

function lineOfHead(line: string): { head: TraceHead } | undefined {
  const time = line.includes("-->") || line.includes("<--") ? timestampAt(line, 0) : undefined;
  if (time !== undefined) return { head: { time } };
  const received = line.startsWith("ingress:");
  if (!received && !line.startsWith("egress:")) return undefined;
  const [own = "", peer = "", transport] = line
    .slice(line.indexOf("{") + 1)
    .trim()
    .split("/");
  if (own[0] !== "L" || peer[0] !== "R") return undefined;
  const [ownSide, peerSide] = [hostPort(own.slice(1)), hostPort(peer.slice(1))];
  return { head: { transport: transportNamed(transport), ...messageSides(received, peerSide, ownSide) } };
}
