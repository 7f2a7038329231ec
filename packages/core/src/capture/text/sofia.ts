import { hostPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { logTimeAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * FreeSWITCH's `sofia global siptrace on` and whatever else uses Sofia-SIP: `recv 692 bytes from udp/[10.9.0.10]:5060 at 07:04:06.383193:`, a
 * line of 72 dashes, the message, dashes again. At a line of more than 2,047 bytes, or a NUL, the message is cut, and the line behind it says so;
 * older ones say so in place of the dashes. libsofia-sip-ua/tport/tport_logging.c.
 */
export const sofia: TraceFormat = {
  name: "sofia",
  marker(line, continues) {
    if (continues && line.trimStart().startsWith(DASHES)) return { ends: true };
    if (continues && line.trimStart().startsWith(CUT)) return { cut: true };
    const bytes = line.indexOf(" bytes ");
    if (bytes < 0) return undefined;
    const at = Math.max(
      line.lastIndexOf("recv ", bytes),
      line.lastIndexOf("send ", bytes),
      line.lastIndexOf("sent ", bytes),
    );
    const words = line.slice(at).split(" ");
    const [verb, , , preposition, peer = "", , clock = ""] = words;
    if (at < 0 || (preposition !== "from" && preposition !== "to") || words[5] !== "at") return undefined;
    const slash = peer.indexOf("/");
    const [address] = peer.slice(slash + 1).split(/[/;]/, 1);
    const known = hostPort(address);
    if (slash < 0 || known === undefined) return undefined;
    const ofLine = at > 0 ? logTimeAt(line) : undefined;
    const time = ofLine?.dayMicros === undefined ? timestampAt(clock, 0) : ofLine;
    const transport = transportNamed(peer.slice(0, slash));
    return { begins: true, head: { time, transport, ...messageSides(verb === "recv", known) } };
  },
};

const DASHES = "-".repeat(40);
const CUT = "*** message truncated at ";
