import { hexBytes } from "../../bytes/hexBytes.ts";
import { ipHeader, ipSides } from "../../bytes/ipHeader.ts";
import { joined } from "../../bytes/joined.ts";
import type { HostPort } from "../logged.ts";
import { fieldOf, type Layer } from "./layer.ts";

/** IP protocol numbers. */
const [ICMP, TCP, UDP, ICMPV6] = [1, 6, 17, 58];
const MOST_PAYLOAD = 65_500;

/**
 * An IP packet with the addresses, ports, sequence numbers, flags and payload that these layers tell, or an ICMP error with the packet that it quotes.
 * Layers come as they end: what an error quotes before the error. Undefined where they do not tell what it takes.
 */
export function rebuiltPacket(layers: readonly Layer[]): Uint8Array | undefined {
  const error = layers.findIndex(({ name }) => name === "icmp" || name === "icmpv6");
  if (error < 0) return ipPacket(layers);
  const around = layers.slice(0, error).filter(isIp);
  const [outer, quoted] = around.slice(-2);
  const packet = quoted === undefined ? undefined : ipPacket(layers.slice(layers.indexOf(quoted), error));
  return (
    packet && withIp(outer, layers[error].name === "icmp" ? ICMP : ICMPV6, joined([icmpHeader(layers[error]), packet]))
  );
}

/** An IP packet with this payload over UDP. */
export function rebuiltDatagram(payload: Uint8Array, source: HostPort, destination: HostPort, id: number): Uint8Array {
  const length = payload.length + 8;
  const sides = ipSides(source.host, destination.host);
  return joined([ipHeader(sides, UDP, length, id), udpHeader(source.port, destination.port, length), payload]);
}

function isIp({ name }: Layer): boolean {
  return name === "ip" || name === "ipv6";
}

function ipPacket(layers: readonly Layer[]): Uint8Array | undefined {
  const ip = layers.findLast(isIp);
  const transport = layers.findLast(({ name }) => name === "udp" || name === "tcp");
  if (ip === undefined || transport === undefined || layers.indexOf(transport) < layers.indexOf(ip)) return undefined;
  const isUdp = transport.name === "udp";
  const segment = isUdp ? datagram(transport) : tcpSegment(transport);
  return segment && withIp(ip, isUdp ? UDP : TCP, segment);
}

function withIp(ip: Layer, protocol: number, payload: Uint8Array): Uint8Array | undefined {
  if (payload.length > MOST_PAYLOAD) return undefined;
  const sides = ipSides(fieldOf(ip, `${ip.name}.src`) ?? "", fieldOf(ip, `${ip.name}.dst`) ?? "");
  const id = Number.parseInt(fieldOf(ip, "ip.id") ?? "0", 16) || 0;
  return joined([ipHeader(sides, protocol, payload.length, id), payload]);
}

function datagram(udp: Layer): Uint8Array | undefined {
  const length = numberOf(udp, "udp.length");
  const payload = payloadOf(udp, length - 8);
  return payload && joined([udpHeader(numberOf(udp, "udp.srcport"), numberOf(udp, "udp.dstport"), length), payload]);
}

/** RFC 768 */
function udpHeader(sourcePort: number, destinationPort: number, length: number): Uint8Array {
  const header = new Uint8Array(8);
  const view = new DataView(header.buffer);
  view.setUint16(0, sourcePort);
  view.setUint16(2, destinationPort);
  view.setUint16(4, length);
  return header;
}

/** RFC 9293 §3.1 */
function tcpSegment(tcp: Layer): Uint8Array | undefined {
  const payload = payloadOf(tcp, numberOf(tcp, "tcp.len"));
  if (payload === undefined) return undefined;
  const header = new Uint8Array(20);
  const view = new DataView(header.buffer);
  view.setUint16(0, numberOf(tcp, "tcp.srcport"));
  view.setUint16(2, numberOf(tcp, "tcp.dstport"));
  // Older versions tell it from the beginning of the connection only.
  view.setUint32(4, numberOf(tcp, "tcp.seq_raw") || numberOf(tcp, "tcp.seq"));
  view.setUint32(8, numberOf(tcp, "tcp.ack_raw") || numberOf(tcp, "tcp.ack"));
  header[12] = 0x50;
  header[13] = numberOf(tcp, "tcp.flags") & 0xff;
  return joined([header, payload]);
}

/** None is none of these bytes; undefined where there are some that are not told. */
function payloadOf(layer: Layer, length: number): Uint8Array | undefined {
  const payload = fieldOf(layer, `${layer.name}.payload`);
  if (payload !== undefined) return hexBytes(payload);
  return length > 0 ? undefined : new Uint8Array(0);
}

/** RFC 792, RFC 4443 §2.1 */
function icmpHeader(icmp: Layer): Uint8Array {
  const header = new Uint8Array(8);
  header[0] = numberOf(icmp, `${icmp.name}.type`);
  header[1] = numberOf(icmp, `${icmp.name}.code`);
  return header;
}

/** Decimal, or hexadecimal with `0x`; 0 where it is not told. */
function numberOf(layer: Layer, name: string): number {
  return Number(fieldOf(layer, name) ?? 0) || 0;
}
