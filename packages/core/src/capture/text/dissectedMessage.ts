import { hexValue } from "../../bytes/ascii.ts";
import type { HostPort } from "../logged.ts";
import type { Transport } from "../transport.ts";
import { withPort } from "./hostPort.ts";
import type { JsonMembers } from "./jsonValues.ts";
import { startLineAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";

export interface DissectedMessage {
  readonly text: string;
  readonly timeMicros: number | undefined;
  readonly source: HostPort | undefined;
  readonly destination: HostPort | undefined;
  readonly transport: Transport;
  /** IPv4 identification; 0 where there is none. */
  readonly ipId: number;
}

/**
 * The message of a packet that tshark or Wireshark printed as JSON: its fields by their names, `sip.Request-Line`, in `-T ek` as `sip_sip_Request-Line`.
 * Undefined for other objects, and before the one around all layers closes.
 */
export function dissectedMessage(members: JsonMembers): DissectedMessage | undefined {
  const field = (name: string): string | undefined => {
    const value = members.get(name) ?? members.get(`${name.slice(0, name.indexOf("."))}_${name.replace(".", "_")}`);
    return value === undefined ? undefined : String(value);
  };
  const time = field("frame.time_epoch");
  if (time === undefined) return undefined;
  const text = datagram(field("udp.payload")) ?? dissected(field);
  if (text === undefined) return undefined;
  const found = timestampAt(time, 0);
  const ports = field("udp.srcport") === undefined ? "tcp" : "udp";
  return {
    text,
    timeMicros: found?.dayMicros === undefined ? undefined : found.dayMicros + found.ofDayMicros,
    source: withPort(field("ip.src") ?? field("ipv6.src") ?? "", field(`${ports}.srcport`) ?? "", 5060),
    destination: withPort(field("ip.dst") ?? field("ipv6.dst") ?? "", field(`${ports}.dstport`) ?? "", 5060),
    transport: ports,
    ipId: Number.parseInt(field("ip.id") ?? "0", 16) || 0,
  };
}

/** What a datagram carries, if that is a message: `49:4e:56:…`, one character for each byte. */
function datagram(payload: string | undefined): string | undefined {
  if (payload === undefined) return undefined;
  let text = "";
  for (let at = 0; at + 1 < payload.length; at += payload[at + 2] === ":" ? 3 : 2) {
    const [high, low] = [hexValue(payload.charCodeAt(at)), hexValue(payload.charCodeAt(at + 1))];
    if (high < 0 || low < 0) return undefined;
    text += String.fromCharCode(high * 16 + low);
  }
  return startLineAt(text.slice(0, text.indexOf("\r"))) === 0 ? text : undefined;
}

function dissected(field: (name: string) => string | undefined): string | undefined {
  const startLine = field("sip.Request-Line") ?? field("sip.Status-Line");
  const header = field("sip.msg_hdr");
  return startLine === undefined || header === undefined ? undefined : `${startLine}\r\n${header}`;
}
