import { uint16 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { IPV6_EXTENSION_HEADERS } from "./limits.ts";
import type { NetworkLayers } from "./networkLayers.ts";

/** RFC 791 §3.1. */
export function decodeIpv4(datagram: Datagram, layers: NetworkLayers): void {
  const { bytes, offset, end } = datagram;
  const headerLength = (bytes[offset] & 15) * 4;
  const totalLength = end - offset < 20 ? 0 : uint16(bytes, offset + 2);
  // Zero: the segment was captured before the network card cut it up (TSO); the frame's own length holds.
  const isShort = headerLength < 20 || headerLength > end - offset || (totalLength !== 0 && totalLength < headerLength);
  if (isShort || bytes[offset] >> 4 !== 4) {
    layers.counts.unread.malformed++;
    return;
  }
  layers.counts.layers.ipv4++;
  datagram.addresses = bytes;
  datagram.sourceAt = offset + 12;
  datagram.destinationAt = offset + 16;
  datagram.addressLength = 4;
  datagram.ipId = uint16(bytes, offset + 4);
  datagram.offset = offset + headerLength;
  limitTo(datagram, totalLength === 0 ? wireEnd(datagram) : offset + totalLength);
  const fragmentation = uint16(bytes, offset + 6);
  const protocol = bytes[offset + 9];
  if ((fragmentation & 0x3fff) === 0) layers.decodeTransport(protocol, datagram);
  else
    layers.fragments.push(
      datagram,
      datagram.ipId,
      protocol,
      (fragmentation & 0x1fff) * 8,
      (fragmentation & 0x2000) !== 0,
    );
}

/** RFC 8200 §3, §4. */
export function decodeIpv6(datagram: Datagram, layers: NetworkLayers): void {
  const { bytes, offset, end } = datagram;
  if (end - offset < 40 || bytes[offset] >> 4 !== 6) {
    layers.counts.unread.malformed++;
    return;
  }
  layers.counts.layers.ipv6++;
  const payloadLength = uint16(bytes, offset + 4);
  datagram.addresses = bytes;
  datagram.sourceAt = offset + 8;
  datagram.destinationAt = offset + 24;
  datagram.addressLength = 16;
  datagram.ipId = -1;
  datagram.offset = offset + 40;
  limitTo(datagram, payloadLength === 0 ? wireEnd(datagram) : offset + 40 + payloadLength);
  decodeNextHeader(bytes[offset + 6], datagram, layers);
}

/** Where what was sent ends, in a header that does not say it: in a tunnel as the header around it says. */
function wireEnd({ frame, end, depth, missing }: Datagram): number {
  return end + (depth > 0 ? missing : Math.max(0, frame.originalLength - (frame.end - frame.start)));
}

/** Ends the datagram where its header says: what comes after is padding of the link layer, what is not there was cut. */
function limitTo(datagram: Datagram, promisedEnd: number): void {
  if (promisedEnd > datagram.end) datagram.missing = promisedEnd - datagram.end;
  else {
    datagram.end = promisedEnd;
    datagram.missing = 0;
  }
}

const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
/** IP protocol number. RFC 4302 §2 */
export const AUTHENTICATION = 51;
const DESTINATION_OPTIONS = 60;
const MOBILITY = 135;

/** Walks over extension headers to the transport. Also what follows a datagram that was put together from fragments. */
export function decodeNextHeader(nextHeader: number, datagram: Datagram, layers: NetworkLayers): void {
  const { bytes, end } = datagram;
  let header = nextHeader;
  for (let count = 0; count < IPV6_EXTENSION_HEADERS; count++) {
    if (!isExtension(header)) return layers.decodeTransport(header, datagram);
    const start = datagram.offset;
    if (end - start < 8) break;
    const next = bytes[start];
    if (header === FRAGMENT) return decodeFragmentHeader(datagram, next, layers);
    datagram.offset = start + (header === AUTHENTICATION ? (bytes[start + 1] + 2) * 4 : (bytes[start + 1] + 1) * 8);
    if (datagram.offset > end) break;
    header = next;
  }
  layers.counts.unread.malformed++;
}

function isExtension(header: number): boolean {
  return (
    header === HOP_BY_HOP ||
    header === ROUTING ||
    header === FRAGMENT ||
    header === AUTHENTICATION ||
    header === DESTINATION_OPTIONS ||
    header === MOBILITY
  );
}

/** RFC 8200 §4.5. An atomic fragment is a whole datagram: RFC 6946. */
function decodeFragmentHeader(datagram: Datagram, nextHeader: number, layers: NetworkLayers): void {
  const { bytes, offset } = datagram;
  const fragmentation = uint16(bytes, offset + 2);
  const id = uint16(bytes, offset + 4) * 65_536 + uint16(bytes, offset + 6);
  datagram.offset = offset + 8;
  if ((fragmentation & 0xfff9) === 0) decodeNextHeader(nextHeader, datagram, layers);
  else layers.fragments.push(datagram, id, nextHeader, fragmentation & 0xfff8, (fragmentation & 1) !== 0);
}
