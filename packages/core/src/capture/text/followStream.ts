import { hostPort } from "./hostPort.ts";
import type { TraceFormat } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * `tshark -z follow,udp,ascii,0`: both nodes, then before each piece a line with its length, after a tab when the second node sent it.
 * Wireshark's own Follow Stream has the messages only, which need no format.
 */
export const followStream: TraceFormat = {
  name: "follow-stream",
  isCapture: true,
  marker(line, continues) {
    if (line.startsWith("Follow: "))
      return { begins: true, head: { transport: transportNamed(line.slice(8).split(",", 1)[0]) } };
    if (!continues) return undefined;
    if (line.startsWith("Filter: ")) return {};
    if (line.startsWith("Node 0: ")) return { head: { source: hostPort(line.slice(8)) } };
    if (line.startsWith("Node 1: ")) return { head: { destination: hostPort(line.slice(8)) } };
    const length = line.startsWith("\t") ? line.slice(1) : line;
    const isLength = length !== "" && length.length < 8 && String(Number(length)) === length;
    return isLength ? { head: { swapped: line !== length } } : undefined;
  },
};
