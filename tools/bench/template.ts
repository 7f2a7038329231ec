import { readFileSync } from "node:fs";

/** A captured call taken apart so that it can be replayed many times, each time as a call of its own. */
export interface Template {
  readonly packets: readonly TemplatePacket[];
  /** What it adds to the size of a file. */
  readonly recordBytes: number;
  /** Distinct Call-IDs, branches and tags in it. */
  readonly tokenCount: number;
  /** Distinct Call-IDs in it. */
  readonly callCount: number;
}

/** A template with all that was captured, and with nothing but what belongs to the call. */
export interface TemplatePair {
  readonly withNoise: Template;
  readonly plain: Template;
}

export interface TemplatePacket {
  /** Microseconds after the first packet of the call. */
  readonly offsetMicros: number;
  readonly bytes: Buffer;
  readonly originalLength: number;
  readonly patches: readonly Patch[];
  readonly isSip: boolean;
}

/** Where in a packet characters of a token stand that make it unique. */
export interface Patch {
  readonly token: number;
  readonly positions: readonly number[];
}

interface RawPacket {
  readonly timeMicros: number;
  readonly bytes: Buffer;
  readonly originalLength: number;
}

/** Characters of a token that are rewritten: 36^6 values. */
export const PATCH_LENGTH = 6;

/** Reads one call from a little-endian microsecond Ethernet capture. */
export function readTemplate(path: string): TemplatePair {
  const raw = readPackets(path);
  const tokens = findTokens(raw);
  const startMicros = raw.find((packet) => isSip(packet.bytes))!.timeMicros;
  const packets = raw.map(({ timeMicros, bytes, originalLength }) => ({
    offsetMicros: Math.max(0, timeMicros - startMicros),
    bytes,
    originalLength,
    patches: isSip(bytes) ? findPatches(bytes.toString("latin1"), tokens) : [],
    isSip: isSip(bytes),
  }));
  const callCount = tokens.filter(({ isCallId }) => isCallId).length;
  const plain = packets.filter((packet) => packet.isSip);
  return { withNoise: template(packets, tokens.length, callCount), plain: template(plain, tokens.length, callCount) };
}

/** Reads the first `limit` packets of RTP from a capture; each replay gets a stream (SSRC) of its own. RFC 3550 §5.1. */
export function readRtp(path: string, limit: number): TemplatePair {
  const raw = readPackets(path)
    .filter(({ bytes }) => isRtp(bytes))
    .slice(0, limit);
  const packets = raw.map(({ timeMicros, bytes, originalLength }) => ({
    offsetMicros: timeMicros - raw[0].timeMicros,
    bytes,
    originalLength,
    patches: [{ token: 0, positions: [50, 51, 52, 53] }],
    isSip: false,
  }));
  const stream = template(packets, 1, 0);
  return { withNoise: stream, plain: stream };
}

function template(packets: readonly TemplatePacket[], tokenCount: number, callCount: number): Template {
  const recordBytes = packets.reduce((sum, packet) => sum + 16 + packet.bytes.length, 0);
  return { packets, recordBytes, tokenCount, callCount };
}

function readPackets(path: string): readonly RawPacket[] {
  const file = readFileSync(path);
  if (file.readUInt32LE(0) !== 0xa1b2c3d4 || file.readUInt32LE(20) !== 1) throw new Error(`${path}: not a template`);
  const packets: RawPacket[] = [];
  for (let at = 24; at + 16 <= file.length;) {
    const length = file.readUInt32LE(at + 8);
    packets.push({
      timeMicros: file.readUInt32LE(at) * 1e6 + file.readUInt32LE(at + 4),
      bytes: file.subarray(at + 16, at + 16 + length),
      originalLength: file.readUInt32LE(at + 12),
    });
    at += 16 + length;
  }
  return packets;
}

/** IPv4 UDP of port 5060: in the fixtures that is SIP and nothing else. */
function isSip(bytes: Buffer): boolean {
  return isUdp(bytes) && (bytes.readUInt16BE(34) === 5060 || bytes.readUInt16BE(36) === 5060);
}

function isRtp(bytes: Buffer): boolean {
  return isUdp(bytes) && !isSip(bytes) && bytes.length > 54 && bytes[42] === 0x80 && bytes[43] < 0x80;
}

function isUdp(bytes: Buffer): boolean {
  return bytes.length >= 42 && bytes.readUInt16BE(12) === 0x0800 && bytes[14] === 0x45 && bytes[23] === 17;
}

interface Token {
  readonly text: string;
  readonly isCallId: boolean;
}

/** Longest first, so that a token is never taken for the part of another that it equals. */
function findTokens(packets: readonly RawPacket[]): readonly Token[] {
  const tokens = new Map<string, Token>();
  for (const { bytes } of packets) {
    if (!isSip(bytes)) continue;
    const matches = bytes.toString("latin1", 42).matchAll(/^Call-ID:\s*([^\s@]+)|branch=([\w.-]+)|;f?tag=([\w.-]+)/gim);
    for (const [, callId, branch, tag] of matches) {
      const text = callId ?? branch ?? tag;
      tokens.set(text, { text, isCallId: callId !== undefined });
    }
  }
  return [...tokens.values()].toSorted((a, b) => b.text.length - a.text.length || (a.text < b.text ? -1 : 1));
}

function findPatches(packet: string, tokens: readonly Token[]): readonly Patch[] {
  const patches: Patch[] = [];
  const taken = new Set<number>();
  for (const [token, { text }] of tokens.entries()) {
    for (let at = packet.indexOf(text, 42); at >= 0; at = packet.indexOf(text, at + 1)) {
      if (taken.has(at) || !isWhole(packet, at, text.length)) continue;
      for (let position = at; position < at + text.length; position++) taken.add(position);
      patches.push({ token, positions: uniquePositions(text).map((position) => at + position) });
    }
  }
  return patches;
}

function isWhole(text: string, at: number, length: number): boolean {
  const isPart = /\w/;
  return !isPart.test(text[at - 1] ?? "") && !isPart.test(text[at + length] ?? "");
}

/** The first letters and digits after the magic cookie of a branch. RFC 3261 §8.1.1.7. */
function uniquePositions(token: string): readonly number[] {
  const start = token.startsWith("z9hG4bK") ? 7 : 0;
  const positions: number[] = [];
  for (let at = start; at < token.length && positions.length < PATCH_LENGTH; at++) {
    if (/[A-Za-z0-9]/.test(token[at])) positions.push(at);
  }
  return positions;
}
