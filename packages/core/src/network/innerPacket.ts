import { uint16 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { IPV4, IPV6, TRANSPARENT_ETHERNET } from "./linkLayer.ts";

/**
 * The EtherType of what begins at `at` of an encapsulation that does not say what it holds: IP or an Ethernet frame, told by lengths
 * that agree with what is there; -1 for neither.
 */
export function innerEtherType(datagram: Datagram, at: number): number {
  if (isIp(datagram, at, IPV4)) return IPV4;
  if (isIp(datagram, at, IPV6)) return IPV6;
  return isEthernet(datagram, at) ? TRANSPARENT_ETHERNET : -1;
}

/** VLAN tags that are looked through to find IP. */
const MOST_TAGS = 3;
const TAGS: readonly number[] = [0x8100, 0x88a8, 0x9100];
/** MPLS and PPPoE, in a frame of which nothing more is looked at. */
const OTHERS: readonly number[] = [0x8847, 0x8848, 0x8864];

/** True if an Ethernet frame begins at `at`, as far as what it holds can be known. */
export function isEthernet(datagram: Datagram, at: number): boolean {
  const { bytes, end } = datagram;
  let typeAt = at + 12;
  for (let tags = 0; tags < MOST_TAGS && typeAt + 2 <= end && TAGS.includes(uint16(bytes, typeAt)); tags++) typeAt += 4;
  if (typeAt + 2 > end) return false;
  const etherType = uint16(bytes, typeAt);
  return OTHERS.includes(etherType) || isIp(datagram, typeAt + 2, etherType);
}

/** True if a packet of that version of IP begins at `at` and is not longer than what was sent. */
export function isIp({ bytes, end, missing }: Datagram, at: number, etherType: number): boolean {
  const left = end - at + missing;
  if (etherType === IPV4) {
    const headerLength = (bytes[at] & 15) * 4;
    const length = at + 20 <= end && bytes[at] >> 4 === 4 ? uint16(bytes, at + 2) : 0;
    return headerLength >= 20 && length >= headerLength && length <= left;
  }
  return etherType === IPV6 && at + 40 <= end && bytes[at] >> 4 === 6 && uint16(bytes, at + 4) + 40 <= left;
}
