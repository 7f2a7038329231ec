import { uint16, uint32 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { canonicalAddress, ipv4Text, ipv6Text } from "./ipAddress.ts";
import { networkLimits } from "./limits.ts";
import type { Endpoint, Sides } from "./packet.ts";
import { RecentMap } from "./recentMap.ts";

/**
 * The endpoint of an address and a port. The same address, in whatever text form, gives the same object, so `===` compares; a host
 * name is kept as it is, in lower case.
 */
export function endpointOf(address: string, port: number): Endpoint {
  return byText(canonicalAddress(address), port);
}

/**
 * As `endpointOf`, for an endpoint that the input did not say: another object than the one that was seen. `host` is given where the machine is
 * known by something else than this address.
 */
export function inferredEndpointOf(address: string, port: number, host?: string): Endpoint {
  const written = canonicalAddress(address);
  return byText(written, port, host ?? written);
}

/** The endpoint of an IP address as it is on the wire: `length` is 4 or 16. */
export function endpointAt(bytes: Uint8Array, offset: number, length: number, port: number): Endpoint {
  return length === 4 ? ipv4Endpoint(uint32(bytes, offset), port) : ipv6Endpoint(bytes, offset, port);
}

export function sourceEndpoint(datagram: Datagram, port: number): Endpoint {
  return endpointAt(datagram.addresses, datagram.sourceAt, datagram.addressLength, port);
}

export function destinationEndpoint(datagram: Datagram, port: number): Endpoint {
  return endpointAt(datagram.addresses, datagram.destinationAt, datagram.addressLength, port);
}

/** Who sent the packet of TCP or SCTP that starts at `datagram.offset`, and to whom. Both begin with their ports. */
export function packetSides(datagram: Datagram): Sides {
  const { bytes, offset } = datagram;
  return {
    source: sourceEndpoint(datagram, uint16(bytes, offset)),
    destination: destinationEndpoint(datagram, uint16(bytes, offset + 2)),
  };
}

/** The same for all that goes from the one to the other. */
export function wayText(source: Endpoint, destination: Endpoint): string {
  return `${source.text} ${destination.text}`;
}

// Interning is not state: apart from identity the functions above are pure. Shared, so that all sources agree on the objects.
const texts: RecentMap<string, Endpoint> = new RecentMap(networkLimits.endpoints);
/** Faster ways to the same objects, by what is on the wire. */
const ipv4s: RecentMap<number, Endpoint> = new RecentMap(networkLimits.endpoints);
const ipv6s: RecentMap<string, Endpoint> = new RecentMap(networkLimits.endpoints);

/** The endpoints that were last seen: most packets are between a few, and a map is slow with numbers as large as their keys. */
const SLOTS = 256;
/** On the loopback of one machine each port is an element of its own. Who uses other addresses of 127.0.0.0/8 means hosts by them. */
const OF_ALL: ReadonlySet<string> = new Set(["127.0.0.1", "::1"]);
const lastKeys: Float64Array = new Float64Array(SLOTS).fill(-1);
const lastEndpoints: Endpoint[] = new Array<Endpoint>(SLOTS);

function ipv4Endpoint(address: number, port: number): Endpoint {
  const key = address * 65_536 + port;
  const slot = (address ^ (address >>> 8) ^ (address >>> 16) ^ port ^ (port >>> 8)) & (SLOTS - 1);
  if (lastKeys[slot] === key) return lastEndpoints[slot];
  let endpoint = ipv4s.get(key);
  if (endpoint === undefined) {
    endpoint = byText(ipv4Text(address), port);
    ipv4s.set(key, endpoint);
  }
  // The map does not know that it was used until now.
  if (lastKeys[slot] >= 0) ipv4s.set(lastKeys[slot], lastEndpoints[slot]);
  lastKeys[slot] = key;
  lastEndpoints[slot] = endpoint;
  return endpoint;
}

function ipv6Endpoint(bytes: Uint8Array, offset: number, port: number): Endpoint {
  let key = String.fromCharCode(port);
  for (let i = 0; i < 16; i += 2) key += String.fromCharCode(uint16(bytes, offset + i));
  let endpoint = ipv6s.get(key);
  if (endpoint === undefined) {
    endpoint = byText(ipv6Text(bytes, offset), port);
    ipv6s.set(key, endpoint);
  }
  return endpoint;
}

/** `inferredHost` is given where the endpoint was inferred. */
function byText(address: string, port: number, inferredHost?: string): Endpoint {
  const text = address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
  const key = inferredHost === undefined ? text : `${inferredHost}?${text}`;
  let endpoint = texts.get(key);
  if (endpoint === undefined) {
    endpoint =
      inferredHost === undefined
        ? { address, port, text, host: OF_ALL.has(address) ? text : address }
        : { address, port, text, host: inferredHost, inferred: true };
    texts.set(key, endpoint);
  }
  return endpoint;
}
