import { linkTypeOf } from "./linkTypeOf.ts";
import { startLineAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceHead } from "./traceFormat.ts";

/**
 * `tshark -V` and Wireshark's export of packet dissections as text: a tree of fields. What was on the wire stands two levels below
 * `Session Initiation Protocol`, its explanation deeper. A body that is no session description is not in it as it was sent, unless the packet
 * follows in hexadecimal (`tshark -V -x`, "Packet bytes").
 */
export const tshark: TraceFormat = {
  name: "tshark",
  isCapture: true,
  keepsHead: true,
  dissects: true,
  marker(line, continues) {
    if (line.startsWith("Frame ") && /^Frame \d+: \d+ bytes on wire/.test(line)) return { begins: true };
    const head = continues ? headOf(line) : undefined;
    return head && { head };
  },
  startLineAt(line) {
    const at = line.startsWith("    Request-Line: ") ? 18 : 17;
    return at === 18 || line.startsWith("    Status-Line: ") ? at : -1;
  },
  strip(line) {
    if (!line.startsWith(" ")) return line;
    if (line === "    Message Body") return "";
    if (line.startsWith(FIELD) && line[FIELD.length] !== " ") return field(line.slice(FIELD.length));
    return descriptionLine(line) ?? fragmentLine(line);
  },
};

const FIELD = " ".repeat(8);

function headOf(line: string): TraceHead | undefined {
  const text = line.trim();
  if (text.startsWith("Epoch ") && text.includes("Time: ")) {
    const time = timestampAt(text, text.indexOf("Time: ") + 6);
    return time && { time };
  }
  if (text.startsWith("Encapsulation type: "))
    return { linkType: linkTypeOf(text.slice(text.lastIndexOf("(") + 1, -1)) };
  if (text.startsWith("Identification: ")) return { ipId: Number.parseInt(text.slice(16), 16) };
  // With the packet behind it the data are told in a line.
  if (text.startsWith("Data: ")) return { dumpsPayload: false };
  if (line.startsWith(" ")) return undefined;
  if (text.startsWith("Data (")) return { dumpsPayload: true };
  if (text.startsWith("Internet Protocol Version "))
    return { source: side(text, "Src: "), destination: side(text, "Dst: ") };
  if (text.startsWith("User Datagram Protocol, ")) return { transport: "udp", ...ports(text) };
  if (text.startsWith("Transmission Control Protocol, ")) return { transport: "tcp", ...ports(text) };
  if (text === "Transport Layer Security" || text === "Secure Sockets Layer") return { isSecure: true };
  if (text === "WebSocket") return { inWebSocket: true };
  if (text.startsWith("Internet Control Message Protocol")) return { isQuoted: true };
  return text.startsWith("Session Initiation Protocol (") ? {} : undefined;
}

/** `Src: 10.9.0.10`, or with a name `Src: phone.example.test (10.9.0.10)`. */
function side(text: string, label: string): TraceHead["source"] {
  const value = valueOf(text, label);
  return value === "" ? undefined : { host: value, port: 5060 };
}

function ports(text: string): TraceHead {
  return { sourcePort: Number(valueOf(text, "Src Port: ")), destinationPort: Number(valueOf(text, "Dst Port: ")) };
}

function valueOf(text: string, label: string): string {
  const from = text.indexOf(label);
  if (from < 0) return "";
  const comma = text.indexOf(",", from);
  const value = text.slice(from + label.length, comma < 0 ? undefined : comma);
  const bracket = value.lastIndexOf("(");
  return bracket < 0 ? value.trim() : value.slice(bracket + 1, value.indexOf(")", bracket));
}

/** A header field as it was sent; what stands in brackets tshark made, and the name of the body's protocol is no field. */
function field(text: string): string | undefined {
  const isExplanation = text.startsWith("[") || START_LINE_PARTS.some((name) => text.startsWith(name));
  return isExplanation || !text.includes(":") ? undefined : text;
}

/** They stand between the start line and the header, on the level of the fields. */
const START_LINE_PARTS: readonly string[] = ["Method: ", "Request-URI: ", "Status-Code: "];

/** `Media Attribute (a): sendrecv` was `a=sendrecv`. */
function descriptionLine(line: string): string | undefined {
  const at = line.indexOf("): ");
  const isTopLevel = line.startsWith(" ".repeat(12)) && line[12] !== " ";
  return isTopLevel && at > 2 && line[at - 2] === "(" ? `${line[at - 1]}=${line.slice(at + 3)}` : undefined;
}

/** The first line of a body of `message/sipfrag`. */
function fragmentLine(line: string): string | undefined {
  const text = line.trim();
  return line.startsWith(`${" ".repeat(12)}${text}`) && startLineAt(text) === 0 ? text : undefined;
}
