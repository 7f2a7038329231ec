import { dottedHostPort } from "./hostPort.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceHead, TraceMarker } from "./traceFormat.ts";

/**
 * `tcpdump -A` and `-v`: a line with time and addresses, under `-v` on the line after; then the packet with its headers as dots and rubbish before
 * the start line, or the message indented by a tab. tcpdump print.c, print-sip.c.
 */
export const tcpdump: TraceFormat = {
  name: "tcpdump",
  isCapture: true,
  keepsHead: true,
  marker(line, continues) {
    if (line.startsWith("    ")) return continues ? addressLine(line.trim(), {}) : undefined;
    const time = timestampAt(line, 0);
    if (time === undefined) return undefined;
    const at = line.indexOf("IP", time.end);
    if (at < 0 || (line[at + 2] !== " " && line[at + 2] !== "6")) return undefined;
    const rest = line.slice(line.indexOf(" ", at + 2) + 1);
    if (rest.startsWith("(")) return { begins: true, head: { time, ...verbose(rest) } };
    const found = addressLine(rest, { time });
    return found && { begins: true, ...found };
  },
  startLineAt,
};

/** `10.9.0.10.5060 > 10.9.0.20.5060: SIP: INVITE sip:1002@sip.example.test SIP/2.0` */
function addressLine(text: string, head: TraceHead): TraceMarker | undefined {
  const arrow = text.indexOf(" > ");
  const colon = text.indexOf(": ", arrow);
  if (arrow < 0 || colon < 0) return undefined;
  const source = dottedHostPort(text.slice(0, arrow));
  const destination = dottedHostPort(text.slice(arrow + 3, colon));
  if (source === undefined || destination === undefined) return undefined;
  const rest = text.slice(colon + 2);
  const transport = rest.startsWith("Flags [") ? "tcp" : (head.transport ?? undefined);
  const startLine = rest.startsWith("SIP: ") ? rest.slice(5) : undefined;
  return { head: { ...head, source, destination, ...(transport && { transport }), ...(startLine && { startLine }) } };
}

/** `(tos 0x0, ttl 64, id 5451, offset 0, flags [DF], proto UDP (17), length 720)` */
function verbose(text: string): TraceHead {
  const id = Number.parseInt(text.slice(text.indexOf(" id ") + 4), 10);
  return { transport: text.includes("proto TCP") ? "tcp" : "udp", ...(text.includes(" id ") && { ipId: id }) };
}

/** The headers before the payload may end in letters: the method is one that is known. */
function startLineAt(line: string): number {
  const status = line.indexOf("SIP/2.0 ");
  if (status >= 0 && !Number.isNaN(Number.parseInt(line.slice(status + 8, status + 11), 10))) return status;
  if (!line.trimEnd().endsWith(" SIP/2.0")) return -1;
  for (const method of METHODS) {
    const at = line.indexOf(`${method} `);
    if (at >= 0 && line.indexOf(":", at) > at) return at;
  }
  return -1;
}

const METHODS: readonly string[] =
  "INVITE ACK BYE CANCEL REGISTER OPTIONS SUBSCRIBE NOTIFY PUBLISH REFER MESSAGE INFO UPDATE PRACK".split(" ");
