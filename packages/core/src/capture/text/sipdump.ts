import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceHead } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * Kamailio's sipdump module, text files: a line of `=`, one of `tag:` to `dstport:` a line, a line of `~`, the message, a line of `|`.
 * src/modules/sipdump/sipdump_write.c.
 */
export const sipdump: TraceFormat = {
  name: "kamailio-sipdump",
  marker(line, continues) {
    if (line.startsWith(BEGIN)) return { begins: true };
    if (!continues) return undefined;
    return line.startsWith(HEADER_END) || line.startsWith(END) ? {} : field(line);
  },
};

const BEGIN = "=".repeat(20);
const HEADER_END = "~".repeat(20);
const END = "|".repeat(20);

function field(line: string): { head: TraceHead } | undefined {
  const colon = line.indexOf(": ");
  const value = line.slice(colon + 2).trim();
  switch (line.slice(0, Math.max(0, colon))) {
    case "time":
      return { head: { time: timestampAt(value, 0) } };
    case "proto":
      return { head: { transport: transportNamed(value.split(" ", 1)[0]) } };
    case "srcip":
      return { head: { source: { host: value, port: 5060 } } };
    case "dstip":
      return { head: { destination: { host: value, port: 5060 } } };
    case "srcport":
      return { head: { sourcePort: Number.parseInt(value, 10) } };
    case "dstport":
      return { head: { destinationPort: Number.parseInt(value, 10) } };
    case "tag":
    case "pid":
    case "process":
    case "date":
      return { head: {} };
    default:
      return undefined;
  }
}
