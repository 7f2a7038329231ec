import { uint16, uint32 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { innerEtherType, isEthernet, isIp } from "./innerPacket.ts";
import { IPV4, IPV6, TRANSPARENT_ETHERNET } from "./linkLayer.ts";
import type { NetworkLayers } from "./networkLayers.ts";
import { decodePpp } from "./ppp.ts";

// Flags of version 2. RFC 2661 §3.1
const CONTROL = 0x8000;
const LENGTH = 0x4000;
const SEQUENCE = 0x0800;
const OFFSET = 0x0200;

export function decodeL2tpOverUdp(datagram: Datagram, layers: NetworkLayers): boolean {
  const { bytes, offset, end } = datagram;
  if (end - offset < 8) return false;
  const flags = uint16(bytes, offset);
  if ((flags & CONTROL) !== 0) return false;
  if ((flags & 15) === 2) return decodeVersion2(datagram, flags, layers);
  // Version 3 over UDP: flags, two reserved bytes, session. RFC 3931 §4.1.2.1
  return (flags & 15) === 3 && decodeSession(datagram, offset + 4, layers);
}

/** Version 3 straight over IP; session 0 is a control message. RFC 3931 §4.1.1.1 */
export function decodeL2tpOverIp(datagram: Datagram, layers: NetworkLayers): void {
  const { bytes, offset, end } = datagram;
  const isData = end - offset > 8 && uint32(bytes, offset) !== 0;
  if (!isData || !decodeSession(datagram, offset, layers)) layers.counts.others["other-transport"]++;
}

function decodeVersion2(datagram: Datagram, flags: number, layers: NetworkLayers): boolean {
  const { bytes, offset, end } = datagram;
  let at = offset + ((flags & LENGTH) === 0 ? 6 : 8) + ((flags & SEQUENCE) === 0 ? 0 : 4);
  if ((flags & OFFSET) !== 0) at += at + 2 <= end ? 2 + uint16(bytes, at) : 2;
  if (at >= end) return false;
  layers.counts.layers.l2tp++;
  datagram.offset = at;
  decodePpp(datagram, layers);
  return true;
}

/** Cookie of 0, 4 or 8 bytes, and the sublayer with the sequence number or none. RFC 3931 §4.1, §4.6 */
const HEADERS: readonly number[] = [0, 4, 8, 12];

/** What lies between the session and the frame was agreed on in the control connection: it is found by what the frame must be. */
function decodeSession(datagram: Datagram, session: number, layers: NetworkLayers): boolean {
  const starts = HEADERS.map((length) => session + 4 + length);
  const ethernetAt = starts.find((at) => isEthernet(datagram, at));
  const at = ethernetAt ?? starts.find((start) => innerEtherType(datagram, start) >= 0 || isPpp(datagram, start));
  if (at === undefined) return false;
  layers.counts.layers.l2tp++;
  datagram.offset = at;
  if (isPpp(datagram, at)) decodePpp(datagram, layers);
  else if (layers.enter(datagram))
    layers.decodeNetwork(ethernetAt === undefined ? innerEtherType(datagram, at) : TRANSPARENT_ETHERNET, datagram);
  return true;
}

/** PPP with address and control, that holds IP. */
function isPpp(datagram: Datagram, at: number): boolean {
  const { bytes } = datagram;
  if (uint16(bytes, at) !== 0xff03) return false;
  const protocol = uint16(bytes, at + 2);
  return (protocol === 0x0021 && isIp(datagram, at + 4, IPV4)) || (protocol === 0x0057 && isIp(datagram, at + 4, IPV6));
}
