import { uint16 } from "../bytes/integers.ts";

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

/** The number of a dotted decimal IPv4 address; undefined if it is none. Leading zeros are read as decimal. */
export function parseIpv4(text: string): number | undefined {
  let address = 0;
  let octets = 0;
  let octet = -1;
  for (let i = 0; i <= text.length; i++) {
    const digit = i === text.length ? -1 : text.charCodeAt(i) - 0x30;
    if (digit >= 0 && digit <= 9) {
      octet = (octet < 0 ? 0 : octet) * 10 + digit;
      if (octet > 255) return undefined;
      continue;
    }
    if (octet < 0 || (i < text.length && text[i] !== ".")) return undefined;
    address = address * 256 + octet;
    octets++;
    octet = -1;
  }
  return octets === 4 ? address : undefined;
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

/** The 16 bytes of an IPv6 address in any of its text forms, without brackets or zone; undefined if it is none. RFC 4291 §2.2. */
export function parseIpv6(text: string): Uint8Array | undefined {
  if (text.length > 45) return undefined;
  const gap = text.indexOf("::");
  const head = groupsOf(gap < 0 ? text : text.slice(0, gap));
  const tail = gap < 0 ? [] : groupsOf(text.slice(gap + 2));
  if (head === undefined || tail === undefined) return undefined;
  const groups = head.length + tail.length;
  if (gap < 0 ? groups !== 8 : groups > 7) return undefined;
  const bytes = new Uint8Array(16);
  for (const [i, group] of head.entries()) writeGroup(bytes, i, group);
  for (const [i, group] of tail.entries()) writeGroup(bytes, 8 - tail.length + i, group);
  return bytes;
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

function groupsOf(text: string): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    const ipv4 = i === parts.length - 1 && part.includes(".") ? parseIpv4(part) : undefined;
    if (ipv4 !== undefined) groups.push(Math.floor(ipv4 / 65_536), ipv4 % 65_536);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function writeGroup(bytes: Uint8Array, index: number, group: number): void {
  bytes[index * 2] = group >>> 8;
  bytes[index * 2 + 1] = group & 255;
}
