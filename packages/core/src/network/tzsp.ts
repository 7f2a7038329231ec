import { uint16 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { TRANSPARENT_ETHERNET } from "./linkLayer.ts";
import type { NetworkLayers } from "./networkLayers.ts";

const VERSION = 1;
const ETHERNET = 1;
const TAG_PADDING = 0;
const TAG_END = 1;

/** What MikroTik's packet sniffer and others stream. A tag has a length, but padding and the last one. There is no standard. */
export function decodeTzsp(datagram: Datagram, layers: NetworkLayers): boolean {
  const { bytes, offset, end } = datagram;
  // Type 0 is a packet that was received, 1 one to send.
  if (end - offset < 5 || bytes[offset] !== VERSION || bytes[offset + 1] > 1) return false;
  if (uint16(bytes, offset + 2) !== ETHERNET) return false;
  let at = offset + 4;
  while (at < end && bytes[at] !== TAG_END) at += bytes[at] === TAG_PADDING ? 1 : 2 + bytes[at + 1];
  if (at + 1 >= end) return false;
  if (!layers.enter(datagram)) return true;
  layers.counts.layers.tzsp++;
  datagram.offset = at + 1;
  layers.decodeNetwork(TRANSPARENT_ETHERNET, datagram);
  return true;
}
