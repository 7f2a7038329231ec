import { uint16 } from "../bytes/integers.ts";
import { Datagram } from "./datagram.ts";
import { packetSides, sourceEndpoint } from "./endpoint.ts";
import type { NetworkLayers } from "./networkLayers.ts";
import type { IcmpUnreachable } from "./packet.ts";

type Reason = IcmpUnreachable["reason"];

/** Destination unreachable. RFC 792, codes of RFC 1812 §5.2.7.1. */
export function decodeIcmp(datagram: Datagram, layers: NetworkLayers): void {
  layers.counts.layers.icmp++;
  const { bytes, offset, end } = datagram;
  if (end - offset < 8 || bytes[offset] !== 3) return;
  emitUnreachable(datagram, layers, UNREACHABLE_REASONS[bytes[offset + 1]] ?? "other");
}

/** Destination unreachable, packet too big, parameter problem. RFC 4443 §3.1, §3.2, §3.4. */
export function decodeIcmpv6(datagram: Datagram, layers: NetworkLayers): void {
  layers.counts.layers.icmp++;
  const { bytes, offset, end } = datagram;
  if (end - offset < 8) return;
  if (bytes[offset] === 1) emitUnreachable(datagram, layers, UNREACHABLE_REASONS_V6[bytes[offset + 1]] ?? "other");
  if (bytes[offset] === 2) emitUnreachable(datagram, layers, "fragmentation-needed");
  // Unrecognized next header: the host does not have that protocol.
  if (bytes[offset] === 4 && bytes[offset + 1] === 1) emitUnreachable(datagram, layers, "protocol");
}

const UNREACHABLE_REASONS: readonly Reason[] = [
  "network",
  "host",
  "protocol",
  "port",
  "fragmentation-needed",
  "other",
  "network",
  "host",
  "other",
  "prohibited",
  "prohibited",
  "network",
  "host",
  "prohibited",
  "prohibited",
  "prohibited",
];

const UNREACHABLE_REASONS_V6: readonly Reason[] = [
  "network",
  "prohibited",
  "other",
  "host",
  "port",
  "prohibited",
  "prohibited",
];

/** The quoted packet is only read for its addresses: a SIP message inside it was seen, if at all, when it was sent. */
function emitUnreachable(datagram: Datagram, layers: NetworkLayers, reason: Reason): void {
  const quoted = readQuoted(datagram);
  if (quoted === undefined) return;
  const { capture, number: frame, timeMicros } = datagram.frame;
  const reporter = sourceEndpoint(datagram, 0).address;
  const { protocol, packet } = quoted;
  const sides = packetSides(packet);
  const opens = openedBy(protocol, packet, layers);
  layers.onEvent({ kind: "icmp-unreachable", capture, frame, timeMicros, reason, reporter, opens, ...sides });
}

function openedBy(protocol: number, packet: Datagram, layers: NetworkLayers): IcmpUnreachable["opens"] {
  if (packet.end - packet.offset < 8 || protocol === UDP) return undefined;
  if (protocol === TCP) return layers.tcp.noteUnreachable(packet) ? "tcp" : undefined;
  return layers.sctp.noteUnreachable(packet) ? "sctp" : undefined;
}

const TCP = 6;
const UDP = 17;
const SCTP = 132;

interface Quoted {
  readonly protocol: number;
  readonly packet: Datagram;
}

function readQuoted({ frame, bytes, offset, end }: Datagram): Quoted | undefined {
  const quote = offset + 8;
  const version = quote < end ? bytes[quote] >> 4 : 0;
  const addressLength = version === 4 ? 4 : 16;
  const addressesAt = quote + (version === 4 ? 12 : 8);
  const portsAt = quote + (version === 4 ? (bytes[quote] & 15) * 4 : 40);
  if ((version !== 4 && version !== 6) || portsAt + 4 > end) return undefined;
  const protocol = bytes[quote + (version === 4 ? 9 : 6)];
  if (protocol !== UDP && protocol !== TCP && protocol !== SCTP) return undefined;
  if (version === 4 && (uint16(bytes, quote + 6) & 0x1fff) !== 0) return undefined;
  const packet = new Datagram(frame);
  packet.addresses = packet.bytes = bytes;
  packet.sourceAt = addressesAt;
  packet.destinationAt = addressesAt + addressLength;
  packet.addressLength = addressLength;
  packet.offset = portsAt;
  packet.end = end;
  return { protocol, packet };
}
