import { uint16 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { decodeErspan } from "./erspan.ts";
import type { NetworkLayers } from "./networkLayers.ts";

// Flags of the first two bytes. RFC 2784 §2.1, RFC 2890 §2; routing: RFC 1701; acknowledgment: RFC 2637 §4.1.
const CHECKSUM = 0x8000;
const ROUTING = 0x4000;
const KEY = 0x2000;
const SEQUENCE = 0x1000;
const ACKNOWLEDGMENT = 0x0080;
const VERSION = 0x0007;

const ERSPAN = 0x88be;
const ERSPAN_3 = 0x22eb;

/** Also NVGRE, which is an Ethernet frame behind a key (RFC 7637 §3.2), and PPTP, which is version 1 with PPP. */
export function decodeGre(datagram: Datagram, layers: NetworkLayers): void {
  const { bytes, offset, end } = datagram;
  const payload = end - offset < 4 ? -1 : payloadAt(bytes, offset, end);
  if (payload < 0 || payload > end) return layers.decodeNetwork(-1, datagram);
  if (!layers.enter(datagram)) return;
  layers.counts.layers.gre++;
  datagram.offset = payload;
  const protocol = uint16(bytes, offset + 2);
  if (protocol !== ERSPAN && protocol !== ERSPAN_3) return layers.decodeNetwork(protocol, datagram);
  // Type I is ERSPAN without a header of its own, known by the sequence number that is not there.
  const hasSequence = (uint16(bytes, offset) & SEQUENCE) !== 0;
  decodeErspan(datagram, layers, protocol === ERSPAN_3 ? 3 : hasSequence ? 2 : 1);
}

/** -1 where there is none. */
function payloadAt(bytes: Uint8Array, offset: number, end: number): number {
  const flags = uint16(bytes, offset);
  if ((flags & VERSION) > 1) return -1;
  let at = offset + 4;
  if ((flags & (CHECKSUM | ROUTING)) !== 0) at += 4;
  if ((flags & KEY) !== 0) at += 4;
  if ((flags & SEQUENCE) !== 0) at += 4;
  if ((flags & VERSION) === 1) return (flags & ACKNOWLEDGMENT) === 0 ? at : at + 4;
  return (flags & ROUTING) === 0 ? at : afterRouting(bytes, at, end);
}

/** Source route entries: address family, offset, length; the last has length 0. */
function afterRouting(bytes: Uint8Array, offset: number, end: number): number {
  for (let at = offset; at + 4 <= end; at += 4 + bytes[at + 3]) if (bytes[at + 3] === 0) return at + 4;
  return -1;
}
