import { uint16, uint32 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import type { NetworkLayers } from "./networkLayers.ts";

/** Counts a UDP datagram, whose header is at `datagram.offset`, that carries something else than SIP. */
export function countOtherUdp(datagram: Datagram, layers: NetworkLayers): void {
  const { bytes, offset, end } = datagram;
  const { others } = layers.counts;
  const start = offset + 8;
  const first = bytes[start];
  // RFC 7983 §7; packet types of RTCP: RFC 5761.
  if (first >= 0x80 && first <= 0xbf && end - start >= 8) {
    const type = bytes[start + 1];
    if (type >= 192 && type <= 223) others.rtcp++;
    else {
      others.rtp++;
      layers.rtp.push(datagram);
    }
  } else if (first <= 3 && end - start >= 20 && uint32(bytes, start + 4) === STUN_COOKIE) others.stun++;
  else if (first >= 20 && first <= 63 && bytes[start + 1] === DTLS_MAJOR && end - start >= 13) others.dtls++;
  else if (isDns(uint16(bytes, offset)) || isDns(uint16(bytes, offset + 2))) others.dns++;
  else others["other-udp"]++;
}

/** RFC 8489 */
const STUN_COOKIE = 0x2112a442;
/** One's complement of 1. RFC 6347 */
export const DTLS_MAJOR = 0xfe;

/** DNS, and multicast DNS. */
function isDns(port: number): boolean {
  return port === 53 || port === 5353;
}
