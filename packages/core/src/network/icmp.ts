import { uint16 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { endpointAt, sourceEndpoint } from "./endpoint.ts";
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

/** Destination unreachable and packet too big. RFC 4443 §3.1, §3.2. */
export function decodeIcmpv6(datagram: Datagram, layers: NetworkLayers): void {
  layers.counts.layers.icmp++;
  const { bytes, offset, end } = datagram;
  if (end - offset < 8) return;
  if (bytes[offset] === 1) emitUnreachable(datagram, layers, UNREACHABLE_REASONS_V6[bytes[offset + 1]] ?? "other");
  if (bytes[offset] === 2) emitUnreachable(datagram, layers, "fragmentation-needed");
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
  const { source, destination } = quoted;
  layers.onEvent({ kind: "icmp-unreachable", capture, frame, timeMicros, reason, reporter, source, destination });
}

function readQuoted({ bytes, offset, end }: Datagram): Pick<IcmpUnreachable, "source" | "destination"> | undefined {
  const quote = offset + 8;
  const version = quote < end ? bytes[quote] >> 4 : 0;
  const addressLength = version === 4 ? 4 : 16;
  const addressesAt = quote + (version === 4 ? 12 : 8);
  const portsAt = quote + (version === 4 ? (bytes[quote] & 15) * 4 : 40);
  if ((version !== 4 && version !== 6) || portsAt + 4 > end) return undefined;
  const protocol = bytes[quote + (version === 4 ? 9 : 6)];
  if (protocol !== 17 && protocol !== 6 && protocol !== 132) return undefined;
  if (version === 4 && (uint16(bytes, quote + 6) & 0x1fff) !== 0) return undefined;
  return {
    source: endpointAt(bytes, addressesAt, addressLength, uint16(bytes, portsAt)),
    destination: endpointAt(bytes, addressesAt + addressLength, addressLength, uint16(bytes, portsAt + 2)),
  };
}
