import { uint32 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { isEthernet } from "./innerPacket.ts";
import { IPV4, IPV6, MPLS, TRANSPARENT_ETHERNET } from "./linkLayer.ts";
import type { NetworkLayers } from "./networkLayers.ts";

const HEADER = 8;
/** The flag that says that a network identifier is there, which it always is. RFC 7348 §5 */
export const VXLAN_FLAGS = 0x08;
/** The generic protocol extension: the header says what follows. draft-ietf-nvo3-vxlan-gpe-13 §3.1 */
const HAS_NEXT_PROTOCOL = 0x04;

/** By the number of VXLAN-GPE. */
const nextProtocols: Readonly<Record<number, number>> = { 1: IPV4, 2: IPV6, 3: TRANSPARENT_ETHERNET, 5: MPLS };

/** True if what begins at `at` is VXLAN by all that can be known, so that it may be on any port. */
export function isVxlan(datagram: Datagram, at: number): boolean {
  const { bytes, end } = datagram;
  if (end - at <= HEADER || uint32(bytes, at) !== VXLAN_FLAGS << 24 || bytes[at + 7] !== 0) return false;
  return isEthernet(datagram, at + HEADER);
}

export function decodeVxlan(datagram: Datagram, layers: NetworkLayers): boolean {
  const { bytes, offset, end } = datagram;
  if (end - offset <= HEADER || (bytes[offset] & VXLAN_FLAGS) === 0) return false;
  if (!layers.enter(datagram)) return true;
  const isGeneric = (bytes[offset] & HAS_NEXT_PROTOCOL) !== 0;
  const etherType = isGeneric ? (nextProtocols[bytes[offset + 3]] ?? 0) : TRANSPARENT_ETHERNET;
  layers.counts.layers.vxlan++;
  datagram.offset = offset + HEADER;
  layers.decodeNetwork(etherType, datagram);
  return true;
}
