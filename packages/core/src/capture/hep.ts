import { uint16, uint32, uint32Little } from "../bytes/integers.ts";
import { decodeText } from "../bytes/text.ts";
import { IPV4_FAMILY, IPV6_FAMILIES } from "./addressFamily.ts";

/** What a capture agent says about one packet: offsets are into the bytes it was read from. HEPv3 specification §4; HEP 1 and 2 before it. */
export interface HepRecord {
  /** 4 or 16; 0 where an address is missing. */
  readonly addressLength: number;
  readonly sourceAt: number;
  readonly destinationAt: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** IP protocol number, or what agents put there for TLS and WebSocket; -1 where it is not said. */
  readonly protocol: number;
  /** Microseconds since the epoch by the agent's clock; -1 where it is not said. */
  readonly timeMicros: number;
  /** -1 where it is not said. */
  readonly captureAgentId: number;
  readonly nodeName?: string;
  readonly correlationId?: string;
  readonly payloadStart: number;
  readonly payloadEnd: number;
  /** Bytes are missing at the end of the payload. */
  readonly cut: boolean;
}

/** Magic, and total length. */
export const HEP3_HEADER_LENGTH = 6;

export function isHep3(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= HEP3_HEADER_LENGTH && uint32(bytes, start) === HEP3_MAGIC && uint16(bytes, start + 4) >= 12;
}

/** Bytes that a HEPv3 packet says it has. */
export function hep3Length(bytes: Uint8Array, start: number): number {
  return uint16(bytes, start + 4);
}

/** True where a HEP 1 or 2 header is at `start`: version, and the one length that goes with it and the address family. */
export function isHep2(bytes: Uint8Array, start: number, end: number): boolean {
  const version = bytes[start];
  if ((version !== 1 && version !== 2) || end - start < 16) return false;
  const addressLength = lengthOfFamily(bytes[start + 2]);
  const length = 8 + 2 * addressLength + (version === 2 ? HEP2_TIME_LENGTH : 0);
  return addressLength > 0 && bytes[start + 1] === length && end - start > length;
}

/** The packet at `start`, of any version; undefined if there is none, or one without a payload. */
export function readHep(bytes: Uint8Array, start: number, end: number): HepRecord | undefined {
  if (isHep3(bytes, start, end)) return readHep3(bytes, start, end);
  return isHep2(bytes, start, end) ? readHep2(bytes, start, end) : undefined;
}

const HEP3_MAGIC = 0x48455033;
/** Seconds, microseconds, capture agent and padding, as a little-endian C structure. */
const HEP2_TIME_LENGTH = 12;
/** Texts of chunks longer than this are cut. */
const TEXT_LIMIT = 256;

/** Chunks of the generic vendor 0x0000. */
const chunk = {
  protocol: 0x02,
  ipv4Source: 0x03,
  ipv4Destination: 0x04,
  ipv6Source: 0x05,
  ipv6Destination: 0x06,
  sourcePort: 0x07,
  destinationPort: 0x08,
  seconds: 0x09,
  microseconds: 0x0a,
  captureAgentId: 0x0c,
  payload: 0x0f,
  correlationId: 0x11,
  nodeName: 0x13,
} as const;

/** Chunks in any order; unknown ones, and those of other vendors, are passed over. */
function readHep3(bytes: Uint8Array, start: number, end: number): HepRecord | undefined {
  const found = new Map<number, { at: number; length: number }>();
  const stop = Math.min(end, start + hep3Length(bytes, start));
  for (let at = start + HEP3_HEADER_LENGTH; at + 6 <= stop;) {
    const length = uint16(bytes, at + 4);
    if (length < 6) break;
    if (uint16(bytes, at) === 0) found.set(uint16(bytes, at + 2), { at: at + 6, length: length - 6 });
    at += length;
  }
  const payload = found.get(chunk.payload);
  if (payload === undefined) return undefined;
  const at = (type: number, length: number): number => {
    const value = found.get(type);
    return value !== undefined && value.length >= length && value.at + length <= stop ? value.at : -1;
  };
  const text = (type: number): string | undefined => {
    const value = found.get(type);
    return value && decodeText(bytes, value.at, Math.min(stop, value.at + Math.min(value.length, TEXT_LIMIT)));
  };
  const number8 = (type: number): number => (at(type, 1) < 0 ? -1 : bytes[at(type, 1)]);
  const number16 = (type: number): number => (at(type, 2) < 0 ? 0 : uint16(bytes, at(type, 2)));
  const number32 = (type: number): number => (at(type, 4) < 0 ? -1 : uint32(bytes, at(type, 4)));
  const seconds = number32(chunk.seconds);
  const payloadEnd = Math.min(stop, payload.at + payload.length);
  return {
    ...addressesOf(at),
    sourcePort: number16(chunk.sourcePort),
    destinationPort: number16(chunk.destinationPort),
    protocol: number8(chunk.protocol),
    timeMicros: seconds < 0 ? -1 : seconds * 1_000_000 + Math.max(0, number32(chunk.microseconds)),
    captureAgentId: number32(chunk.captureAgentId),
    nodeName: text(chunk.nodeName),
    correlationId: text(chunk.correlationId),
    payloadStart: payload.at,
    payloadEnd,
    cut: payloadEnd < payload.at + payload.length,
  };
}

function addressesOf(
  at: (type: number, length: number) => number,
): Pick<HepRecord, "addressLength" | "sourceAt" | "destinationAt"> {
  for (const [addressLength, source, destination] of [
    [4, chunk.ipv4Source, chunk.ipv4Destination],
    [16, chunk.ipv6Source, chunk.ipv6Destination],
  ]) {
    const [sourceAt, destinationAt] = [at(source, addressLength), at(destination, addressLength)];
    if (sourceAt >= 0 && destinationAt >= 0) return { addressLength, sourceAt, destinationAt };
  }
  return { addressLength: 0, sourceAt: -1, destinationAt: -1 };
}

function readHep2(bytes: Uint8Array, start: number, end: number): HepRecord {
  const addressLength = lengthOfFamily(bytes[start + 2]);
  const time = start + 8 + 2 * addressLength;
  const timed = bytes[start] === 2;
  return {
    addressLength,
    sourceAt: start + 8,
    destinationAt: start + 8 + addressLength,
    sourcePort: uint16(bytes, start + 4),
    destinationPort: uint16(bytes, start + 6),
    protocol: bytes[start + 3],
    timeMicros: timed ? uint32Little(bytes, time) * 1_000_000 + uint32Little(bytes, time + 4) : -1,
    captureAgentId: timed ? (bytes[time + 9] << 8) | bytes[time + 8] : -1,
    payloadStart: start + bytes[start + 1],
    payloadEnd: end,
    cut: false,
  };
}

/** Of an address; 0 for any other family. */
function lengthOfFamily(family: number): number {
  if (family === IPV4_FAMILY) return 4;
  return IPV6_FAMILIES.includes(family) ? 16 : 0;
}
