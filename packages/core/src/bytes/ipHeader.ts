import { parseIpv4, parseIpv6 } from "./parseAddress.ts";

/** The bytes of both addresses, of the same length: an IPv4 address beside an IPv6 address is mapped, and what is no address is all zeros. */
export function ipSides(source: string, destination: string): readonly [Uint8Array, Uint8Array] {
  const [from, to] = [addressBytes(source), addressBytes(destination)];
  return from.length === to.length ? [from, to] : [mapped(from), mapped(to)];
}

/** What stands before a payload of this length. RFC 791 §3.1, RFC 8200 §3 */
export function ipHeader(
  sides: readonly [Uint8Array, Uint8Array],
  protocol: number,
  length: number,
  id: number,
): Uint8Array {
  return sides[0].length === 4 ? ipv4Header(sides, protocol, length, id) : ipv6Header(sides, protocol, length);
}

function ipv4Header([from, to]: readonly Uint8Array[], protocol: number, length: number, id: number): Uint8Array {
  const header = new Uint8Array(20);
  const view = new DataView(header.buffer);
  header[0] = 0x45;
  view.setUint16(2, 20 + length);
  view.setUint16(4, id);
  header[8] = 64;
  header[9] = protocol;
  header.set(from, 12);
  header.set(to, 16);
  view.setUint16(10, internetChecksum(header));
  return header;
}

function ipv6Header([from, to]: readonly Uint8Array[], protocol: number, length: number): Uint8Array {
  const header = new Uint8Array(40);
  header[0] = 0x60;
  new DataView(header.buffer).setUint16(4, length);
  header[6] = protocol;
  header[7] = 64;
  header.set(from, 8);
  header.set(to, 24);
  return header;
}

function addressBytes(address: string): Uint8Array {
  const ipv4 = parseIpv4(address);
  if (ipv4 !== undefined) return Uint8Array.of(ipv4 >>> 24, (ipv4 >>> 16) & 255, (ipv4 >>> 8) & 255, ipv4 & 255);
  return (address.includes(":") ? parseIpv6(address) : undefined) ?? new Uint8Array(4);
}

/** An IPv4 address where the other side has an IPv6 address. RFC 4291 §2.5.5.2 */
function mapped(address: Uint8Array): Uint8Array {
  if (address.length === 16) return address;
  const bytes = new Uint8Array(16);
  bytes[10] = bytes[11] = 255;
  bytes.set(address, 12);
  return bytes;
}

/** RFC 1071 */
export function internetChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at] << 8) + (at + 1 < bytes.length ? bytes[at + 1] : 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
