import { readFileSync } from "node:fs";
import { NetworkDecoder } from "../src/network/networkDecoder.ts";
import type { Packet } from "../src/network/packet.ts";
import { CaptureReader } from "../src/capture/captureReader.ts";
import type { Incident } from "../src/capture/incident.ts";

export const folder: URL = new URL("../../../fixtures/traces/", import.meta.url);
const captures: URL = new URL("../../../fixtures/captures/", import.meta.url);

export interface Result {
  readonly format: string;
  readonly frames: number;
  readonly packets: Packet[];
  readonly incidents: Incident[];
}

export function read(bytes: Uint8Array, size: number = bytes.length): Result {
  const [packets, incidents]: [Packet[], Incident[]] = [[], []];
  const onIncident = (incident: Incident): void => void incidents.push(incident);
  const onPacket = (packet: Packet): void => void packets.push(packet);
  const decoder = new NetworkDecoder({ onPacket, onEvent() {}, onIncident });
  const reader = new CaptureReader({ capture: 0, onFrame: (frame) => decoder.push(frame), onIncident });
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.slice(at, at + size));
  reader.flush();
  decoder.flush();
  return { format: reader.format, frames: reader.frames, packets, incidents };
}

export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}

export function text({ bytes, start, end }: Packet): string {
  return new TextDecoder("latin1").decode(bytes.subarray(start, end));
}

export function sides({ source, destination }: Packet): string {
  return `${source.text} > ${destination.text}`;
}

export const call: readonly Packet[] = read(new Uint8Array(readFileSync(new URL("i-486.pcap", captures)))).packets;
/** What the core proxy has sent and received of it. */
export const ofCore: readonly Packet[] = call.filter((packet) => sides(packet).includes("10.9.0.21"));
export const ofCallee: readonly Packet[] = call.filter((packet) => sides(packet).includes("10.9.0.30"));

/** A log as bytes, one for each character. */
export function logOf(content: string): Uint8Array {
  return Uint8Array.from(content, (character) => character.charCodeAt(0));
}

export function linesOf(name: string): string {
  return new TextDecoder("latin1").decode(fixture(name)).replaceAll("\r\n", "\n");
}

/** UTF-8, one character for each byte. */
export function utf8(content: string): string {
  return String.fromCharCode(...new TextEncoder().encode(content));
}
