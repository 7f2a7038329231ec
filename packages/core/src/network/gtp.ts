import type { Datagram } from "./datagram.ts";
import { innerEtherType } from "./innerPacket.ts";
import type { NetworkLayers } from "./networkLayers.ts";

/** Version 1, protocol type GTP. 3GPP TS 29.281 §5.1 */
const VERSION_1 = 0x30;
/** Sequence number, N-PDU number or extension header: if one is there, there is room for all three. */
const OPTIONAL_FIELDS = 0x07;
const HAS_EXTENSION = 0x04;
/** A packet of a user. */
const G_PDU = 0xff;
const HEADER = 8;

/** What a phone sends and gets in a mobile network, VoLTE among it. */
export function decodeGtp(datagram: Datagram, layers: NetworkLayers): boolean {
  const { bytes, offset, end } = datagram;
  if (end - offset <= HEADER || (bytes[offset] & 0xf0) !== VERSION_1 || bytes[offset + 1] !== G_PDU) return false;
  const payload = payloadAt(bytes, offset, end);
  if (payload < 0) return false;
  if (!layers.enter(datagram)) return true;
  layers.counts.layers.gtp++;
  datagram.offset = payload;
  layers.decodeNetwork(innerEtherType(datagram, payload), datagram);
  return true;
}

/** After the extension headers, each of which begins with its length in units of four bytes and ends with the type of the next; or -1. */
function payloadAt(bytes: Uint8Array, offset: number, end: number): number {
  let at = offset + HEADER;
  if ((bytes[offset] & OPTIONAL_FIELDS) === 0) return at;
  at += 4;
  let next = (bytes[offset] & HAS_EXTENSION) === 0 ? 0 : bytes[at - 1];
  while (next !== 0) {
    const length = at < end ? bytes[at] * 4 : 0;
    if (length === 0 || at + length > end) return -1;
    at += length;
    next = bytes[at - 1];
  }
  return at < end ? at : -1;
}
