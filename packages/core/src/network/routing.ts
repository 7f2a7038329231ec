import type { HostPort } from "../capture/logged.ts";

/** What a message says about where it comes from and goes to. Read without checking: what is wrong with it, the message stage says. */
export interface Routing {
  readonly isResponse: boolean;
  readonly callId: string;
  /** Of the topmost Via; `""` where there is none. */
  readonly branch: string;
  /** How many Via there are. */
  readonly vias: number;
  /** Of the topmost Via: `received` and `rport` before sent-by. RFC 3581 §4 */
  readonly via: HostPort | undefined;
  /** Of the topmost Route. */
  readonly route: HostPort | undefined;
  readonly requestUri: HostPort | undefined;
  readonly contact: HostPort | undefined;
}

/** No domain name is longer. */
const LONGEST_NAME = 255;

export function routingOf(message: string): Routing {
  const lines = message.split("\r\n");
  const isResponse = lines[0].startsWith("SIP/");
  const vias = valuesOf(lines, "via", "v");
  const [via = ""] = vias;
  return {
    isResponse,
    callId: valueOf(lines, "call-id", "i"),
    vias: vias.length,
    branch: parameterOf(via, "branch") ?? "",
    via: viaSide(via),
    route: uriSide(valueOf(lines, "route", "route")),
    contact: uriSide(valueOf(lines, "contact", "m")),
    requestUri: isResponse ? undefined : uriSide(lines[0].split(" ", 2)[1] ?? ""),
  };
}

/** The first field of either name; `""` where there is none. */
function valueOf(lines: readonly string[], name: string, compact: string): string {
  return valuesOf(lines, name, compact)[0] ?? "";
}

/** The values of all fields of either name, also of those that stand in one line with commas. */
function valuesOf(lines: readonly string[], name: string, compact: string): readonly string[] {
  const values: string[] = [];
  for (const line of lines) {
    if (line === "") break;
    const colon = line.indexOf(":");
    if (colon < 1 || colon > 16) continue;
    const given = line.slice(0, colon).trimEnd().toLowerCase();
    if (given === name || given === compact)
      values.push(
        ...line
          .slice(colon + 1)
          .split(",")
          .map((value) => value.trim()),
      );
  }
  return values;
}

/** `SIP/2.0/UDP 10.9.0.10:5060;branch=z9hG4bK1;received=10.9.0.11;rport=1024` */
function viaSide(via: string): HostPort | undefined {
  const sentBy = via.split(";", 1)[0].trim();
  const transport = sentBy.slice(0, sentBy.search(/\s/)).toLowerCase();
  const sentFrom = sideOf(sentBy.slice(sentBy.search(/\s/) + 1).trim(), transport.endsWith("/tls") ? 5061 : 5060);
  if (sentFrom === undefined) return undefined;
  const port = Number(parameterOf(via, "rport"));
  return side(bare(parameterOf(via, "received") ?? sentFrom.host), port > 0 && port < 65_536 ? port : sentFrom.port);
}

function parameterOf(value: string, name: string): string | undefined {
  for (const parameter of value.split(";").slice(1)) {
    const equals = parameter.indexOf("=");
    if (equals > 0 && parameter.slice(0, equals).trim().toLowerCase() === name)
      return parameter.slice(equals + 1).trim();
  }
  return undefined;
}

/** The host and port of the first URI in a text: `<sip:10.9.0.20;lr>`, `sip:1002@10.9.0.30:5060`. */
function uriSide(text: string): HostPort | undefined {
  const match = /sips?:/i.exec(text.slice(0, 512));
  if (match === null) return undefined;
  const uri = text.slice(match.index + match[0].length);
  const end = uri.search(/[>;?,\s]/);
  const authority = end < 0 ? uri : uri.slice(0, end);
  return sideOf(authority.slice(authority.lastIndexOf("@") + 1), match[0].length === 5 ? 5061 : 5060);
}

function sideOf(text: string, defaultPort: number): HostPort | undefined {
  const bracket = text.startsWith("[") ? text.indexOf("]") : -1;
  const colon = text.indexOf(":", Math.max(0, bracket));
  const host = bare(colon < 0 ? text : text.slice(0, colon));
  const port = colon < 0 ? defaultPort : Number.parseInt(text.slice(colon + 1), 10);
  return side(host, port);
}

function side(host: string, port: number): HostPort | undefined {
  return host === "" || host.length > LONGEST_NAME || !(port >= 0 && port < 65_536) ? undefined : { host, port };
}

function bare(host: string): string {
  return host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
}
