import { uint16, uint32, uint32Little } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";

/** Takes the link-layer header off: gives the EtherType of what follows, or -1 if nothing of interest does. */
export type LinkDecoder = (datagram: Datagram) => number;

export const IPV4 = 0x0800;
export const IPV6 = 0x86dd;

/** By LINKTYPE_ value, https://www.tcpdump.org/linktypes.html; 12 and 14 are DLT_RAW of BSDs, written by some programs. */
export const linkDecoders: Readonly<Record<number, LinkDecoder>> = {
  0: loopback,
  1: ethernet,
  12: rawIp,
  14: rawIp,
  101: rawIp,
  108: loopback,
  113: linuxCooked,
  228: rawIp,
  229: rawIp,
  276: linuxCooked2,
};

function ethernet(datagram: Datagram): number {
  return header(datagram, 14, 12);
}

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
  if (family === 2) return IPV4;
  return INET6_FAMILIES.includes(family) ? IPV6 : -1;
}

/** AF_INET6 of Linux, the BSDs and Darwin. */
const INET6_FAMILIES: readonly number[] = [10, 24, 28, 30];

function rawIp(datagram: Datagram): number {
  if (datagram.end <= datagram.offset) return -1;
  const version = datagram.bytes[datagram.offset] >> 4;
  return version === 4 ? IPV4 : version === 6 ? IPV6 : -1;
}
