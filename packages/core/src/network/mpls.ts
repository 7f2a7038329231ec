import type { Datagram } from "./datagram.ts";
import { innerEtherType, isEthernet } from "./innerPacket.ts";
import { TRANSPARENT_ETHERNET } from "./linkLayer.ts";
import type { NetworkLayers } from "./networkLayers.ts";

const BOTTOM_OF_STACK = 1;
/** In front of the frame of a pseudowire there may be a control word, whose first four bits are zero. RFC 4385 §3 */
const CONTROL_WORD = 4;

/** A stack of labels. What lies under it, only the routers know: IP, or the Ethernet frame of a pseudowire. RFC 3032 §2.1, RFC 4448 §4.6 */
export function decodeMpls(datagram: Datagram, layers: NetworkLayers): void {
  if (!layers.enter(datagram)) return;
  const { bytes, end } = datagram;
  let at = datagram.offset;
  do at += 4;
  while (at < end && (bytes[at - 2] & BOTTOM_OF_STACK) === 0);
  if (at >= end) return layers.decodeNetwork(-1, datagram);
  layers.counts.layers.mpls++;
  const hasControlWord = bytes[at] >> 4 === 0 && isEthernet(datagram, at + CONTROL_WORD);
  datagram.offset = at + (hasControlWord ? CONTROL_WORD : 0);
  layers.decodeNetwork(hasControlWord ? TRANSPARENT_ETHERNET : innerEtherType(datagram, at), datagram);
}
