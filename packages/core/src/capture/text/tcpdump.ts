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
  dissects: true,
  marker(line, continues) {
    if (line.startsWith("    ")) return continues ? addressLine(line.trim(), {}) : undefined;
    // ` 00:00:00.002283`: since the line before it, or since the first one.
    const isSince = line.startsWith(" ");
    const time = timestampAt(line, isSince ? 1 : 0);
    const rest = time === undefined ? untimed(line) : behindProtocol(line, time.end);
    if (rest === undefined) return undefined;
    const known = isSince || time === undefined ? {} : { time };
    if (rest.startsWith("(")) {
      const head = { ...known, ...verbose(rest) };
      return { begins: true, ...(addressLine(behindHeader(rest), head) ?? { head }) };
    }
    const found = addressLine(rest, known);
    return found && { begins: true, ...found };
  },
  startLineAt,
};

/** With `-t` the line begins with the protocol. */
function untimed(line: string): string | undefined {
  if (line.startsWith("IP ")) return line.slice(3);
  return line.startsWith("IP6 ") ? line.slice(4) : undefined;
}

/** What comes behind `IP `, `IP6 `, or, with the link layer shown, `ethertype IPv4 (0x0800), length 762: `. Any name of an interface may stand before it. */
function behindProtocol(line: string, from: number): string | undefined {
  const link = line.indexOf("ethertype IPv", from);
  if (link >= 0) {
    const colon = line.indexOf(": ", link);
    return colon < 0 ? undefined : line.slice(colon + 2);
  }
  const [ipv4, ipv6] = [line.indexOf(" IP ", from), line.indexOf(" IP6 ", from)];
  if (ipv4 < 0 && ipv6 < 0) return undefined;
  return ipv6 < 0 || (ipv4 >= 0 && ipv4 < ipv6) ? line.slice(ipv4 + 4) : line.slice(ipv6 + 5);
}

/** What `-v` tells of an IPv6 header has the addresses behind it in the same line. */
function behindHeader(text: string): string {
  return text.slice(text.lastIndexOf(") ", text.indexOf(" > ")) + 2);
}

/** `10.9.0.10.5060 > 10.9.0.20.5060: SIP: INVITE sip:1002@sip.example.test SIP/2.0` */
function addressLine(text: string, head: TraceHead): TraceMarker | undefined {
  const arrow = text.indexOf(" > ");
  const colon = text.indexOf(": ", arrow);
  if (arrow < 0 || colon < 0) return undefined;
  if (text.startsWith("ICMP", colon + 2)) return { head: { ...head, isQuoted: true } };
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
