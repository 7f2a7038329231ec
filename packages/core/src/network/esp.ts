import { uint16 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { isIp } from "./innerPacket.ts";
import { IPV4, IPV6 } from "./linkLayer.ts";
import type { NetworkLayers } from "./networkLayers.ts";

/** SPI and sequence number. RFC 4303 §2 */
const HEADER_BYTES = 8;
/** The shortest first: what looks like a trailer inside a longer one is chance, inside the payload it is not. RFC 5879 §8.1, §8.2 */
const ICV_BYTES: readonly number[] = [12, 16, 24, 32];
/** AES-GMAC has one. RFC 5879 §8.1 */
const IV_BYTES: readonly number[] = [0, 8];

const IP_IN_IP = 4;
const TCP = 6;
const UDP = 17;
const IPV6_IN_IP = 41;

/**
 * IPsec that authenticates and does not encrypt, as phones of mobile networks speak it to their proxy: nothing in it says so but that all of it fits.
 * False where it does not. RFC 5879 §8
 */
export function decodeEsp(datagram: Datagram, layers: NetworkLayers): boolean {
  const inner = datagram.missing > 0 ? undefined : innerOf(datagram);
  if (inner === undefined) return false;
  if (!layers.enter(datagram)) return true;
  layers.counts.layers.esp++;
  datagram.offset = inner.start;
  datagram.end = inner.end;
  layers.decodeTransport(inner.protocol, datagram);
  return true;
}

interface Inner {
  readonly protocol: number;
  readonly start: number;
  readonly end: number;
}

function innerOf(datagram: Datagram): Inner | undefined {
  const { bytes, offset, end } = datagram;
  for (const icvBytes of ICV_BYTES) {
    // Pad Length and Next Header stand before the integrity check value. RFC 4303 §2
    const trailer = end - icvBytes - 2;
    const padding = trailer > offset + HEADER_BYTES ? bytes[trailer] : 256;
    const payloadEnd = trailer - padding;
    if (payloadEnd <= offset + HEADER_BYTES || !isPadding(bytes, payloadEnd, trailer)) continue;
    const protocol = bytes[trailer + 1];
    for (const ivBytes of IV_BYTES) {
      const inner = { protocol, start: offset + HEADER_BYTES + ivBytes, end: payloadEnd };
      if (fits(datagram, inner, padding)) return inner;
    }
  }
  return undefined;
}

/** 1, 2, 3, … RFC 4303 §2.4 */
function isPadding(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== at - start + 1) return false;
  return true;
}

function fits(datagram: Datagram, { protocol, start, end }: Inner, padding: number): boolean {
  const { bytes } = datagram;
  if (protocol === UDP) return end - start >= 8 && uint16(bytes, start + 4) === end - start;
  if (protocol === IP_IN_IP) return isIp(datagram, start, IPV4);
  if (protocol === IPV6_IN_IP) return isIp(datagram, start, IPV6);
  const headerBytes = protocol === TCP && end - start >= 20 ? (bytes[start + 12] >> 4) * 4 : 0;
  // Padding that fits is proof enough.
  return headerBytes >= 20 && headerBytes <= end - start && (padding > 0 || hasChecksum(datagram, start, end));
}

/** The TCP checksum over the addresses and what follows. RFC 9293 §3.1 */
function hasChecksum({ bytes, addresses, sourceAt, addressLength }: Datagram, start: number, end: number): boolean {
  let sum = TCP + (end - start);
  // The destination follows the source.
  for (let at = sourceAt; at < sourceAt + 2 * addressLength; at += 2) sum += uint16(addresses, at);
  for (let at = start; at < end; at += 2) sum += at + 1 < end ? uint16(bytes, at) : bytes[at] << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return sum === 0xffff;
}
