import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceMarker } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * SIPp's `-trace_msg`: a line of dashes with a time, `UDP message sent (692 bytes):` or `UDP message received [289] bytes :`, an empty
 * line, the message. SIPp src/socket.cpp, src/stat.cpp.
 */
export const sipp: TraceFormat = {
  name: "sipp",
  marker(line, continues) {
    if (line.startsWith(DASHES)) return timeLine(line);
    return continues ? directionLine(line) : undefined;
  },
};

const DASHES = "-".repeat(40);

function timeLine(line: string): TraceMarker | undefined {
  let at = DASHES.length;
  while (line[at] === "-") at++;
  while (line[at] === " " || line[at] === "\t") at++;
  const time = timestampAt(line, at);
  return time === undefined ? undefined : { begins: true, head: { time } };
}

function directionLine(line: string): TraceMarker | undefined {
  const [transport, message, verb] = line.split(" ", 3);
  if (message !== "message" || (verb !== "sent" && verb !== "received")) return undefined;
  return { head: { direction: verb, transport: transportNamed(transport) } };
}
