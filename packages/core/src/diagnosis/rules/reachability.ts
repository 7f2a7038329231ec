import { parseUri } from "../../message/uri.ts";
import { isAddress, privateOctets } from "../../network/ipAddress.ts";

/**
 * True where a URI names an address that cannot be reached from another: an unspecified or loopback address, or a private one
 * seen from a public one. A name, or two private addresses, may be reachable. RFC 1918 §3
 */
export function unreachableFrom(uri: string, address: string): boolean {
  const host = parseUri(uri)?.host;
  if (host === undefined || !isAddress(host)) return false;
  if (host === "0.0.0.0" || host === "::") return host !== address;
  // Each address of the loopback network is on the same host.
  if (isLoopback(host)) return !isLoopback(address);
  return isPrivate(host) && !isPrivate(address) && isAddress(address);
}

/** Two private addresses of different ranges: one of them is seldom reached from the other. RFC 1918 §3 */
export function ofOtherPrivateRange(uri: string, address: string): boolean {
  const host = parseUri(uri)?.host;
  return host !== undefined && areOfOtherPrivateRanges(host, address);
}

export function areOfOtherPrivateRanges(host: string, address: string): boolean {
  return isPrivateAddress(host) && isPrivateAddress(address) && rangeOf(host) !== rangeOf(address);
}

/** An IPv6 address for somebody who was heard over IPv4, or the other way round. */
export function ofOtherFamily(uri: string, address: string): boolean {
  const host = parseUri(uri)?.host;
  return host !== undefined && isAddress(host) && isAddress(address) && host.includes(":") !== address.includes(":");
}

/** The first label tells the private ranges apart. */
function rangeOf(address: string): string {
  return address.includes(":") ? "IPv6" : address.slice(0, address.indexOf("."));
}

/** Not to be reached from the Internet. */
export function isPrivateAddress(host: string): boolean {
  return isAddress(host) && isPrivate(host);
}

/** An address of the Internet; a name is none. */
export function isPublicAddress(host: string): boolean {
  return isAddress(host) && !isPrivate(host) && !isLoopback(host) && host !== "0.0.0.0" && host !== "::";
}

function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}

/** RFC 1918 §3, RFC 4193, RFC 3927 and the shared range of RFC 6598. */
function isPrivate(address: string): boolean {
  if (address.includes(":")) return /^f[cd]/i.test(address) || /^fe[89ab]/i.test(address);
  return privateOctets(address) > 0;
}
