import { hostPort } from "./hostPort.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * `ngrep -W byline` and sipgrep: `U 2026/11/22 07:04:06.383193 10.9.0.10:5060 -> 10.9.0.20:5060 #1`, the time only with `-t`, then the
 * message with a dot for each CR. ngrep.c.
 */
export const ngrep: TraceFormat = {
  name: "ngrep",
  isCapture: true,
  marker(line) {
    if ((line[0] !== "U" && line[0] !== "T") || line[1] !== " " || !line.includes(" -> ")) return undefined;
    const time = timestampAt(line, 2);
    const [from, arrow, to] = line.slice(time === undefined ? 2 : time.end + 1).split(" ", 3);
    const source = hostPort(from);
    const destination = hostPort(to ?? "");
    if (arrow !== "->" || source === undefined || destination === undefined) return undefined;
    return { begins: true, head: { time, source, destination, transport: transportNamed(line[0]) } };
  },
  startLineAt: (line) => (isStartLine(line) ? 0 : -1),
  strip: (line) => (line.endsWith(".") ? line.slice(0, -1) : line),
};

function isStartLine(line: string): boolean {
  return line.endsWith(" SIP/2.0.") || line.startsWith("SIP/2.0 ");
}
