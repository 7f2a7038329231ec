import type { Frame } from "../capture/frame.ts";
import type { Incident } from "../capture/incident.ts";
import { NetworkDecoder } from "./networkDecoder.ts";
import type { NetworkEvent, Packet } from "./packet.ts";

// Bytes of each layer, made by hand.

export function u16(...values: number[]): number[] {
  return values.flatMap((value) => [(value >>> 8) & 255, value & 255]);
}

export function u32(...values: number[]): number[] {
  return values.flatMap((value) => u16(value >>> 16, value & 0xffff));
}

export function ascii(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

export const ALICE: number[] = [10, 9, 0, 10];
export const PROXY: number[] = [10, 9, 0, 20];
export const ALICE_V6: number[] = [0xfd, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10];
export const PROXY_V6: number[] = [0xfd, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20];

export interface Ipv4Options {
  source?: number[];
  destination?: number[];
  protocol?: number;
  id?: number;
  /** Offset in bytes. */
  fragmentAt?: number;
  more?: boolean;
  totalLength?: number;
}

export function ipv4(payload: number[], options: Ipv4Options = {}): number[] {
  const { source = ALICE, destination = PROXY, protocol = 17, id = 7, fragmentAt = 0, more = false } = options;
  const length = options.totalLength ?? 20 + payload.length;
  const fragmentation = (more ? 0x2000 : 0) | (fragmentAt / 8);
  return [0x45, 0, ...u16(length, id, fragmentation), 64, protocol, 0, 0, ...source, ...destination, ...payload];
}

export function ipv6(payload: number[], nextHeader = 17): number[] {
  return [0x60, 0, 0, 0, ...u16(payload.length), nextHeader, 64, ...ALICE_V6, ...PROXY_V6, ...payload];
}

export function udp(payload: number[], sourcePort = 5060, destinationPort = 5060): number[] {
  return [...u16(sourcePort, destinationPort, 8 + payload.length, 0), ...payload];
}

export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const ACK = 16;

export function tcp(
  sequence: number,
  payload: number[],
  options: { flags?: number; ack?: number; back?: boolean } = {},
): number[] {
  const { flags = ACK, ack = 0, back = false } = options;
  const ports = back ? u16(5060, 40_000) : u16(40_000, 5060);
  return [...ports, ...u32(sequence, ack), 0x50, flags, ...u16(65_535, 0, 0), ...payload];
}

export function ethernet(payload: number[], etherType = 0x0800): number[] {
  return [...Array.from({ length: 12 }, () => 0), ...u16(etherType), ...payload];
}

/** A SIP message of a method or status line, with a body of `body`. */
export function sip(startLine: string, body = "", fields = ""): string {
  const length = body.length;
  return (
    `${startLine}\r\nVia: SIP/2.0/TCP 10.9.0.10;branch=z9hG4bK1\r\nCall-ID: a@example.test\r\nCSeq: 1 OPTIONS\r\n` +
    `${fields}Content-Length: ${length}\r\n\r\n${body}`
  );
}

export interface Observed {
  readonly packets: Packet[];
  readonly texts: string[];
  readonly events: NetworkEvent[];
  readonly incidents: Incident[];
}

export interface FrameBytes {
  readonly bytes: number[] | Uint8Array;
  readonly timeMicros?: number;
  readonly linkType?: number;
  readonly originalLength?: number;
}

/** What comes out of frames of Ethernet, 1 ms apart, unless they say otherwise. */
export function observe(frames: readonly FrameBytes[]): Observed {
  const observed: Observed = { packets: [], texts: [], events: [], incidents: [] };
  const decoder = new NetworkDecoder({
    onPacket(packet) {
      observed.packets.push(packet);
      observed.texts.push(textOf(packet));
    },
    onEvent: (event) => observed.events.push(event),
    onIncident: (incident) => observed.incidents.push(incident),
  });
  for (const [index, frame] of frames.entries()) decoder.push(frameOf(frame, index));
  decoder.flush();
  return observed;
}

export function textOf({ bytes, start, end }: Packet): string {
  return new TextDecoder("latin1").decode(bytes.subarray(start, end));
}

export function frameOf({ bytes, timeMicros, linkType = 1, originalLength }: FrameBytes, index: number): Frame {
  return {
    capture: 0,
    number: index + 1,
    timeMicros: timeMicros ?? 1_000_000 + index * 1000,
    linkType,
    bytes: Uint8Array.from(bytes),
    start: 0,
    end: bytes.length,
    originalLength: originalLength ?? bytes.length,
  };
}
