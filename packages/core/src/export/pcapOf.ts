import { joined } from "../bytes/joined.ts";
import { internetChecksum, ipHeader, ipSides } from "../bytes/ipHeader.ts";
import { parseIpv4, parseIpv6 } from "../bytes/parseAddress.ts";
import type { TracedMessage } from "./callTraffic.ts";

/** What of a message goes into a capture. */
export type SentMessage = Pick<TracedMessage, "timeMicros" | "transport" | "bytes"> & {
  readonly source: Side;
  readonly destination: Side;
};

export interface Side {
  readonly address: string;
  readonly port: number;
}

/**
 * A pcap file of these messages: Ethernet, IP and UDP or TCP made for them, times, addresses and ports as they were. What came over UDP is
 * a datagram; what came over a stream is TCP in the clear, so that TLS and WebSocket read as SIP. A side without an IP address, as
 * logs have, gets one of 0.0.0.0/8, which is nobody's. RFC 1122
 */
export function pcapOf(messages: readonly SentMessage[]): Uint8Array<ArrayBuffer> {
  const flows: Flows = new Map();
  const named: Named = new Map();
  const side = ({ address, port }: Side): Side => ({ address: addressFor(address, named), port });
  const addressed = messages.map((message) => ({
    ...message,
    source: side(message.source),
    destination: side(message.destination),
  }));
  const records = addressed.flatMap((message, index) =>
    packetsOf(message, flows, index).map((packet) => recordOf(message.timeMicros, packet)),
  );
  return joined([fileHeader(), ...records]);
}

/** By source and destination: bytes sent so far. */
type Flows = Map<string, number>;

/** By host name: the address that stands for it. */
type Named = Map<string, string>;

function addressFor(address: string, named: Named): string {
  if (parseIpv4(address) !== undefined || parseIpv6(address) !== undefined) return address;
  const known =
    named.get(address) ?? `0.${(named.size + 1) >> 16}.${((named.size + 1) >> 8) & 255}.${(named.size + 1) & 255}`;
  named.set(address, known);
  return known;
}

const LINKTYPE_ETHERNET = 1;
const SNAPLEN = 262_144;
const SEGMENT_BYTES = 1400;
const MOST_DATAGRAM_BYTES = 65_000;
const UDP = 17;
const TCP = 6;

function fileHeader(): Uint8Array {
  const view = new DataView(new ArrayBuffer(24));
  view.setUint32(0, 0xa1b2c3d4, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, SNAPLEN, true);
  view.setUint32(20, LINKTYPE_ETHERNET, true);
  return new Uint8Array(view.buffer);
}

function recordOf(timeMicros: number, packet: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16 + packet.length);
  const view = new DataView(bytes.buffer);
  const seconds = Math.floor(timeMicros / 1e6);
  view.setUint32(0, seconds, true);
  view.setUint32(4, timeMicros - seconds * 1e6, true);
  view.setUint32(8, packet.length, true);
  view.setUint32(12, packet.length, true);
  bytes.set(packet, 16);
  return bytes;
}

function packetsOf(message: SentMessage, flows: Flows, id: number): Uint8Array[] {
  const { bytes, transport, source, destination } = message;
  // A log may leave both sides open: the two ways of such a stream would be one.
  const isOneSided = source.address === destination.address && source.port === destination.port;
  const isDatagram = transport === "udp" || transport === "sctp" || isOneSided;
  if (isDatagram && bytes.length <= MOST_DATAGRAM_BYTES) return [frameOf(message, UDP, udpOf(message), id)];
  const packets: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += SEGMENT_BYTES) {
    packets.push(frameOf(message, TCP, tcpOf(message, flows, at), id));
  }
  return packets;
}

function udpOf({ source, destination, bytes }: SentMessage): Uint8Array {
  const datagram = new Uint8Array(8 + bytes.length);
  const view = new DataView(datagram.buffer);
  view.setUint16(0, source.port);
  view.setUint16(2, destination.port);
  view.setUint16(4, datagram.length);
  datagram.set(bytes, 8);
  return datagram;
}

/** One segment of a connection that is set up already. RFC 9293 §3.1 */
function tcpOf({ source, destination, bytes }: SentMessage, flows: Flows, at: number): Uint8Array {
  const payload = bytes.subarray(at, at + SEGMENT_BYTES);
  const segment = new Uint8Array(20 + payload.length);
  const view = new DataView(segment.buffer);
  const way = `${source.address} ${source.port} ${destination.address} ${destination.port}`;
  const back = `${destination.address} ${destination.port} ${source.address} ${source.port}`;
  const sent = flows.get(way) ?? 1;
  flows.set(way, sent + payload.length);
  const isLast = at + SEGMENT_BYTES >= bytes.length;
  view.setUint16(0, source.port);
  view.setUint16(2, destination.port);
  view.setUint32(4, sent);
  view.setUint32(8, flows.get(back) ?? 1);
  segment[12] = 0x50;
  segment[13] = isLast ? ACK | PSH : ACK;
  view.setUint16(14, 65_535);
  segment.set(payload, 20);
  return segment;
}

const ACK = 16;
const PSH = 8;

function frameOf({ source, destination }: SentMessage, protocol: number, payload: Uint8Array, id: number): Uint8Array {
  const sides = ipSides(source.address, destination.address);
  const isIpv6 = sides[0].length === 16;
  const pseudo = joined([...sides, Uint8Array.of(0, protocol, payload.length >> 8, payload.length & 255)]);
  const checksum = internetChecksum(joined([pseudo, payload]));
  // A UDP checksum of zero would say that there is none. RFC 768
  new DataView(payload.buffer).setUint16(
    protocol === UDP ? 6 : 16,
    checksum === 0 && protocol === UDP ? 0xffff : checksum,
  );
  const packet = ipHeader(sides, protocol, payload.length, (id + 1) & 0xffff);
  return joined([macOf(sides[1]), macOf(sides[0]), isIpv6 ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4, packet, payload]);
}

const ETHERTYPE_IPV4: Uint8Array = Uint8Array.of(0x08, 0x00);
const ETHERTYPE_IPV6: Uint8Array = Uint8Array.of(0x86, 0xdd);

/** Locally administered, and the same for each address. */
function macOf(address: Uint8Array): Uint8Array {
  return Uint8Array.of(2, 0, ...address.subarray(-4));
}
