import { uint16, uint32 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { decodeEsp } from "./esp.ts";
import { decodeGeneve } from "./geneve.ts";
import { decodeGtp } from "./gtp.ts";
import { decodeL2tpOverUdp } from "./l2tp.ts";
import { MPLS } from "./linkLayer.ts";
import type { NetworkLayers } from "./networkLayers.ts";
import { decodeTzsp } from "./tzsp.ts";
import { decodeVxlan, isVxlan, VXLAN_FLAGS } from "./vxlan.ts";

/** Reads the payload that `datagram` holds; false if it is none of its kind. */
export type TunnelDecoder = (datagram: Datagram, layers: NetworkLayers) => boolean;

/** By port: both ends of these use it. */
const ofBothEnds: readonly (readonly [number, TunnelDecoder])[] = [
  [1701, decodeL2tpOverUdp],
  [2152, decodeGtp],
  [4500, decodeEspOverUdp],
  [9899, decodeSctpOverUdp],
];

/** By the port they are sent to; that of the sender is a hash. 8472 is what Linux took for VXLAN before there was a number. */
const ofReceiver: readonly (readonly [number, TunnelDecoder])[] = [
  ...ofBothEnds,
  [4789, decodeVxlan],
  [4790, decodeVxlan],
  [8472, decodeVxlan],
  [6081, decodeGeneve],
  [6635, decodeMplsOverUdp],
  [37_008, decodeTzsp],
];

/** For each port the place of its decoder in the list, from 1: nearly all packets have none, and a table says so fastest. */
const senderPorts: Uint8Array = placesByPort(ofBothEnds);
const receiverPorts: Uint8Array = placesByPort(ofReceiver);

/** Takes a tunnel off a UDP datagram, whose header is at `datagram.offset`; false if there is none. */
export function decodeUdpTunnel(datagram: Datagram, layers: NetworkLayers): boolean {
  const { bytes, offset } = datagram;
  // What is in `ofBothEnds` has the same place in both lists.
  const place = receiverPorts[uint16(bytes, offset + 2)] || senderPorts[uint16(bytes, offset)];
  if (place > 0) return unwrap(datagram, layers, ofReceiver[place - 1][1]);
  return bytes[offset + 8] === VXLAN_FLAGS && isVxlan(datagram, offset + 8) && unwrap(datagram, layers, decodeVxlan);
}

function unwrap(datagram: Datagram, layers: NetworkLayers, decode: TunnelDecoder): boolean {
  const { bytes, offset, end, missing } = datagram;
  const length = uint16(bytes, offset + 4);
  if (length >= 8 && offset + length <= end) {
    datagram.end = offset + length;
    datagram.missing = 0;
  }
  datagram.offset = offset + 8;
  if (decode(datagram, layers)) return true;
  datagram.offset = offset;
  datagram.end = end;
  datagram.missing = missing;
  return false;
}

/** RFC 6951 §5.2 */
function decodeSctpOverUdp(datagram: Datagram, layers: NetworkLayers): boolean {
  if (datagram.end - datagram.offset < 16) return false;
  if (layers.enter(datagram)) layers.sctp.push(datagram);
  return true;
}

/** A key exchange begins with zeros where ESP has its SPI. RFC 3948 §2.1, §2.2 */
function decodeEspOverUdp(datagram: Datagram, layers: NetworkLayers): boolean {
  return (
    datagram.end - datagram.offset > 8 && uint32(datagram.bytes, datagram.offset) !== 0 && decodeEsp(datagram, layers)
  );
}

/** RFC 7510 §3 */
function decodeMplsOverUdp(datagram: Datagram, layers: NetworkLayers): boolean {
  if (datagram.end - datagram.offset < 8) return false;
  layers.decodeNetwork(MPLS, datagram);
  return true;
}

function placesByPort(list: readonly (readonly [number, unknown])[]): Uint8Array {
  const places = new Uint8Array(65_536);
  for (const [index, [port]] of list.entries()) places[port] = index + 1;
  return places;
}
