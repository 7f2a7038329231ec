import { uint16 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import type { NetworkLayers } from "./networkLayers.ts";

const HEADER = 8;

/** Version 0, options of a length in units of four bytes, and an EtherType. RFC 8926 §3.4 */
export function decodeGeneve(datagram: Datagram, layers: NetworkLayers): boolean {
  const { bytes, offset, end } = datagram;
  const payload = offset + HEADER + (bytes[offset] & 0x3f) * 4;
  if (end - offset <= HEADER || payload >= end || bytes[offset] >> 6 !== 0) return false;
  if (!layers.enter(datagram)) return true;
  layers.counts.layers.geneve++;
  datagram.offset = payload;
  layers.decodeNetwork(uint16(bytes, offset + 2), datagram);
  return true;
}
