import { uint16 } from "../bytes/integers.ts";
import { parseIpv4, parseIpv6 } from "../bytes/parseAddress.ts";

/** Dotted decimal of an IPv4 address given as a number. */
export function ipv4Text(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** Canonical text of 16 bytes. RFC 5952 §4, §5. */
export function ipv6Text(bytes: Uint8Array, offset: number): string {
  if (isIpv4Mapped(bytes, offset)) {
    return `::ffff:${bytes[offset + 12]}.${bytes[offset + 13]}.${bytes[offset + 14]}.${bytes[offset + 15]}`;
  }
  const zeros = longestZeros(bytes, offset);
  let text = "";
  for (let group = 0; group < 8; group++) {
    if (zeros.length > 1 && group === zeros.start) {
      text += "::";
      group += zeros.length - 1;
      continue;
    }
    if (text !== "" && !text.endsWith("::")) text += ":";
    text += uint16(bytes, offset + group * 2).toString(16);
  }
  return text;
}

/** The one text of an address in whatever form it is written, without brackets; a host name in lower case. RFC 5952 §4 */
export function canonicalAddress(address: string): string {
  const bare = address.startsWith("[") && address.endsWith("]") ? address.slice(1, -1) : address;
  const ipv4 = parseIpv4(bare);
  if (ipv4 !== undefined) return ipv4Text(ipv4);
  const ipv6 = bare.includes(":") ? parseIpv6(bare) : undefined;
  return ipv6 === undefined ? bare.toLowerCase() : ipv6Text(ipv6, 0);
}

/** True for a host that is an address and no name, without brackets. RFC 3261 §19.1.1 */
export function isAddress(host: string): boolean {
  return host.includes(":") || parseIpv4(host) !== undefined;
}

/** How many octets tell that an IPv4 address is private or shared, 0 where none do. RFC 1918 §3, RFC 3927, RFC 6598 */
export function privateOctets(address: string): number {
  const [first, second] = address.split(".").map(Number);
  if (first === 10) return 1;
  const isPrivate =
    (first === 192 && second === 168) ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second <= 127);
  return isPrivate ? 2 : 0;
}

function isIpv4Mapped(bytes: Uint8Array, offset: number): boolean {
  for (let i = 0; i < 10; i++) if (bytes[offset + i] !== 0) return false;
  return bytes[offset + 10] === 0xff && bytes[offset + 11] === 0xff;
}

/** The first of the longest runs of zero groups. RFC 5952 §4.2.3. */
function longestZeros(bytes: Uint8Array, offset: number): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  for (let group = 0, run = 0; group < 8; group++) {
    run = uint16(bytes, offset + group * 2) === 0 ? run + 1 : 0;
    if (run > longest.length) longest = { start: group - run + 1, length: run };
  }
  return longest;
}
