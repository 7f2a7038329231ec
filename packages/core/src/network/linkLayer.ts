import { uint16, uint32, uint32Little } from "../bytes/integers.ts";
import { IPV4_FAMILY, IPV6_FAMILIES } from "../capture/addressFamily.ts";
import type { Datagram } from "./datagram.ts";

/** Takes the link-layer header off: gives the EtherType of what follows, or -1 if nothing of interest does. */
export type LinkDecoder = (datagram: Datagram) => number;

export const IPV4 = 0x0800;
export const IPV6 = 0x86dd;
export const MPLS = 0x8847;
/** A whole Ethernet frame inside another packet. RFC 7637 §3.2 */
export const TRANSPARENT_ETHERNET = 0x6558;

/** By LINKTYPE_ value, https://www.tcpdump.org/linktypes.html; 12 and 14 are DLT_RAW of BSDs, written by some programs. */
export const linkDecoders: Readonly<Record<number, LinkDecoder>> = {
  0: loopback,
  1: ethernet,
  9: ppp,
  12: rawIp,
  14: rawIp,
  50: ppp,
  51: pppoe,
  101: rawIp,
  104: ciscoHdlc,
  108: loopback,
  113: linuxCooked,
  166: pppWithDirection,
  204: pppWithDirection,
  219: () => MPLS,
  228: rawIp,
  229: rawIp,
  276: linuxCooked2,
};

/** Below 1536 it is a length, and LLC with SNAP may name the type. IEEE 802.3, 802 */
export function ethernet(datagram: Datagram): number {
  const etherType = header(datagram, 14, 12);
  if (etherType >= 1536 || etherType < 0) return etherType;
  const { bytes, offset, end } = datagram;
  if (end - offset < 8 || bytes[offset] !== 0xaa || bytes[offset + 1] !== 0xaa) return OTHER;
  datagram.offset = offset + 8;
  return uint16(bytes, offset + 6);
}

/** Neither malformed nor anything that is read. */
const OTHER = 0;

/** LINKTYPE_LINUX_SLL. */
function linuxCooked(datagram: Datagram): number {
  return header(datagram, 16, 14);
}

/** LINKTYPE_LINUX_SLL2. */
function linuxCooked2(datagram: Datagram): number {
  return header(datagram, 20, 0);
}

function header(datagram: Datagram, length: number, etherTypeAt: number): number {
  const start = datagram.offset;
  if (datagram.end - start < length) return -1;
  datagram.offset = start + length;
  return uint16(datagram.bytes, start + etherTypeAt);
}

/** An address family in the byte order of the capturing host (LINKTYPE_NULL) or of the network (LINKTYPE_LOOP). */
function loopback(datagram: Datagram): number {
  const { bytes, offset } = datagram;
  if (datagram.end - offset < 4) return -1;
  datagram.offset = offset + 4;
  const family = Math.min(uint32(bytes, offset), uint32Little(bytes, offset));
  if (family === IPV4_FAMILY) return IPV4;
  return IPV6_FAMILIES.includes(family) ? IPV6 : -1;
}

function rawIp(datagram: Datagram): number {
  if (datagram.end <= datagram.offset) return -1;
  const version = datagram.bytes[datagram.offset] >> 4;
  return version === 4 ? IPV4 : version === 6 ? IPV6 : -1;
}

/** By PPP protocol number. RFC 1661 §2, RFC 3032 §4.3 */
const pppProtocols: ReadonlyMap<number, number> = new Map([
  [0x0021, IPV4],
  [0x0057, IPV6],
  [0x0281, MPLS],
  [0x0283, MPLS],
]);

/**
 * Address and control may be there (HDLC framing, RFC 1662 §3.1; Cisco's has an EtherType then) or not, and a protocol number below 256
 * may have one byte. RFC 1661 §6.5
 */
export function ppp(datagram: Datagram): number {
  const { bytes, offset, end } = datagram;
  const isFramed = bytes[offset] === 0xff && bytes[offset + 1] === 0x03;
  if (CISCO_ADDRESSES.includes(bytes[offset]) && bytes[offset + 1] === 0) return ciscoHdlc(datagram);
  const at = isFramed ? offset + 2 : offset;
  if (at + 2 > end) return -1;
  const isShort = (bytes[at] & 1) !== 0;
  datagram.offset = at + (isShort ? 1 : 2);
  return pppProtocols.get(isShort ? bytes[at] : uint16(bytes, at)) ?? OTHER;
}

/** Unicast and broadcast. RFC 1547 §4.3 */
const CISCO_ADDRESSES: readonly number[] = [0x0f, 0x8f];

function ciscoHdlc(datagram: Datagram): number {
  return header(datagram, 4, 2);
}

/** The direction comes first, of pppd in place of the address. */
function pppWithDirection(datagram: Datagram): number {
  const { bytes, offset } = datagram;
  datagram.offset = offset + (bytes[offset + 1] === 0x03 ? 2 : 1);
  return ppp(datagram);
}

/** Version and type 1, code, session, length; a code of 0 is the session stage, others set it up. RFC 2516 §4, §6 */
export function pppoe(datagram: Datagram): number {
  const { bytes, offset, end } = datagram;
  if (end - offset < 6) return -1;
  if (bytes[offset] !== 0x11 || bytes[offset + 1] !== 0) return OTHER;
  datagram.offset = offset + 6;
  return ppp(datagram);
}
