import { uint16 } from "../../bytes/integers.ts";

/** LINKTYPE_ value of what Wireshark numbers its own way (wiretap/wtap.h); -1 if it is one that cannot be told. */
export function linkTypeOf(encapsulation: string): number {
  return LINK_TYPES[encapsulation] ?? -1;
}

/** Of bytes that come without a word about it: an IP packet, or what has Ethernet before it. */
export function guessedLinkType(bytes: Uint8Array): number {
  return isIp(bytes) ? RAW : ETHERNET;
}

const ETHERNET = 1;
export const RAW = 101;

/** Ethernet, PPP, raw IP, null, Linux cooked captures of both versions. */
const LINK_TYPES: Readonly<Record<string, number>> = {
  "1": ETHERNET,
  "4": 9,
  "7": RAW,
  "15": 0,
  "25": 113,
  "210": 276,
};

/** An IPv4 or IPv6 header; otherwise that of the link layer stands before it. */
function isIp(bytes: Uint8Array): boolean {
  if (bytes[0] >> 4 === 6) return bytes.length >= 40 && uint16(bytes, 4) + 40 === bytes.length;
  return bytes[0] >> 4 === 4 && (bytes[0] & 15) >= 5 && uint16(bytes, 2) <= bytes.length;
}
