import type { Datagram } from "./datagram.ts";
import { IPV4, IPV6, TRANSPARENT_ETHERNET } from "./linkLayer.ts";
import type { NetworkLayers } from "./networkLayers.ts";

const TYPE_II_HEADER = 8;
const TYPE_III_HEADER = 12;
/** Of type III: a platform's own header follows. */
const OPTIONAL_SUBHEADER = 0x01;
const SUBHEADER = 8;
/** Of type III: what was mirrored is an IP packet, not an Ethernet frame. */
const FRAME_TYPE_IP = 2;

/** What a switch mirrors over IP, behind GRE. Type I has no header of its own. The format: draft-foschiano-erspan-03 §4. */
export function decodeErspan(datagram: Datagram, layers: NetworkLayers, type: 1 | 2 | 3): void {
  const { bytes, offset, end } = datagram;
  const hasSubheader = type === 3 && offset + 12 <= end && (bytes[offset + 11] & OPTIONAL_SUBHEADER) !== 0;
  datagram.offset = offset + HEADERS[type] + (hasSubheader ? SUBHEADER : 0);
  if (datagram.offset >= end) return layers.decodeNetwork(-1, datagram);
  layers.counts.layers.erspan++;
  const holdsIp = type === 3 && ((bytes[offset + 10] >> 2) & 0x1f) === FRAME_TYPE_IP;
  const version = bytes[datagram.offset] >> 4;
  layers.decodeNetwork(holdsIp ? (version === 6 ? IPV6 : IPV4) : TRANSPARENT_ETHERNET, datagram);
}

const HEADERS: Readonly<Record<1 | 2 | 3, number>> = { 1: 0, 2: TYPE_II_HEADER, 3: TYPE_III_HEADER };
