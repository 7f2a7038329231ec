import { hexBytes } from "../../bytes/hexBytes.ts";
import { latin1Text } from "../../bytes/latin1.ts";
import type { Logged } from "../logged.ts";
import type { Transport } from "../transport.ts";
import { withPort } from "./hostPort.ts";
import type { JsonMembers } from "./jsonValues.ts";
import { fieldOf, type Layer, layerNamed, layerOf } from "./layer.ts";
import { guessedLinkType, linkTypeOf, RAW } from "./linkTypeOf.ts";
import { rebuiltPacket } from "./rebuiltPacket.ts";
import { timestampAt } from "./timestamp.ts";

/** What the fields of a packet tell: the packet, or the messages in it. */
export type Dissected =
  | { readonly kind: "packet"; readonly timeMicros: number | undefined; readonly packet: PacketBytes }
  | {
      readonly kind: "messages";
      readonly timeMicros: number | undefined;
      readonly texts: readonly string[];
      readonly sides: Omit<Logged, "cut">;
    };

export interface PacketBytes {
  readonly bytes: Uint8Array;
  readonly linkType: number;
  /** More than there are bytes where the capture cut the packet. */
  readonly originalLength: number;
}

/** Tunnels in each other; more is none of a packet. */
const MOST_LAYERS = 64;
const MOST_OPENED = 10_000;

/**
 * Puts together one packet after the other out of what tshark and Wireshark print of their fields, layer by layer: `sip.Request-Line`, in `-T ek`
 * `sip_sip_Request-Line`. Where the packet itself is among them (`-x`) it is that, otherwise one with the same addresses, ports and payload. What
 * Wireshark had to decrypt is told as the messages alone.
 */
export class PacketDissection {
  #layers: Layer[] = [];
  /** TCP connections that were decrypted: their other packets say no more than that they are encrypted. */
  readonly #opened: Set<string> = new Set();

  /** Takes the fields of one layer; false where it is none. */
  push(name: string, fields: JsonMembers): boolean {
    const layer = this.#layers.length < MOST_LAYERS ? layerOf(name, fields) : undefined;
    // One without fields only counts behind others.
    if (layer === undefined || (layer.fields.size === 0 && this.#layers.length === 0)) return false;
    // Whatever was left open is of a packet whose end was lost.
    if (name === "frame") this.#layers = [];
    this.#layers.push(layer);
    return true;
  }

  /** All layers have come: what they tell, if anything. `beside`: the fields that are of none of them. */
  take(beside: JsonMembers): Dissected | undefined {
    const layers = this.#layers;
    this.#layers = [];
    const time = timestampAt(fieldOf(layerNamed(layers, "frame"), "frame.time_epoch") ?? "", 0);
    const timeMicros = time?.dayMicros === undefined ? undefined : time.dayMicros + time.ofDayMicros;
    const texts = layers.filter(({ name }) => name === "sip").map(messageText);
    const isOpened = this.#isOpened(layers, texts.length > 0);
    const packet = isOpened ? undefined : packetOf(layers, beside);
    if (packet !== undefined) return { kind: "packet", timeMicros, packet };
    const isQuoted = layers.some(({ name }) => name.startsWith("icmp"));
    return texts.length === 0 || isQuoted ? undefined : { kind: "messages", timeMicros, texts, sides: sidesOf(layers) };
  }

  /** True for a packet of a connection that Wireshark had the keys of. */
  #isOpened(layers: readonly Layer[], hasMessage: boolean): boolean {
    const stream = fieldOf(layerNamed(layers, "tcp"), "tcp.stream");
    if (stream === undefined) return false;
    if (this.#opened.has(stream)) return true;
    const opens = hasMessage && layerNamed(layers, "tls") !== undefined;
    if (opens && this.#opened.size < MOST_OPENED) this.#opened.add(stream);
    return opens;
  }
}

function packetOf(layers: readonly Layer[], beside: JsonMembers): PacketBytes | undefined {
  const frame = layerNamed(layers, "frame");
  const [length, captured] = ["frame.len", "frame.cap_len"].map((name) => Number(fieldOf(frame, name) ?? 0));
  const missing = Math.max(0, length - captured);
  const whole = hexBytes(String(beside.get("frame_raw") ?? ""));
  const encapsulation = fieldOf(frame, "frame.encap_type");
  if (whole !== undefined && whole.length > 0) {
    const linkType = encapsulation === undefined ? guessedLinkType(whole) : linkTypeOf(encapsulation);
    if (linkType >= 0) return { bytes: whole, linkType, originalLength: whole.length + missing };
  }
  const bytes = rebuiltPacket(layers);
  return bytes && { bytes, linkType: RAW, originalLength: bytes.length + missing };
}

/** One character for each byte. The body is there only where its bytes are. */
function messageText(layer: Layer): string {
  const startLine = fieldOf(layer, "sip.Request-Line") ?? fieldOf(layer, "sip.Status-Line") ?? "";
  const header = fieldOf(layer, "sip.msg_hdr") ?? "";
  const body = hexBytes(fieldOf(layer, "sip.msg_body_raw") ?? "");
  return `${startLine}\r\n${header}${body === undefined || header.includes("\r\n\r\n") ? "" : `\r\n${latin1Text(body)}`}`;
}

function sidesOf(layers: readonly Layer[]): Omit<Logged, "cut"> {
  const ports = layers.findLast(({ name }) => name === "udp" || name === "tcp" || name === "sctp");
  const ip = layers.findLast(({ name }) => name === "ip" || name === "ipv6");
  const side = (address: string, port: string): Logged["source"] =>
    withPort(fieldOf(ip, `${ip?.name}.${address}`) ?? "", fieldOf(ports, `${ports?.name}.${port}`) ?? "", 5060);
  return {
    transport: transportOf(layers, ports?.name),
    direction: undefined,
    source: side("src", "srcport"),
    destination: side("dst", "dstport"),
    ipId: Number.parseInt(fieldOf(ip, "ip.id") ?? "0", 16) || 0,
  };
}

function transportOf(layers: readonly Layer[], below: string | undefined): Transport {
  if (below === "sctp") return below;
  if (below !== "tcp") return "udp";
  const isSecure = layerNamed(layers, "tls") !== undefined;
  if (layerNamed(layers, "websocket") !== undefined) return isSecure ? "wss" : "ws";
  return isSecure ? "tls" : "tcp";
}
