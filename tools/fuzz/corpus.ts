import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { capturedBytes } from "../../packages/core/src/capture/frame.fixture.ts";
import { CaptureReader } from "../../packages/core/src/capture/captureReader.ts";
import { readRuleFixture } from "../../packages/core/src/diagnosis/ruleFixture.fixture.ts";
import { NetworkDecoder } from "../../packages/core/src/network/networkDecoder.ts";
import type { Packet } from "../../packages/core/src/network/packet.ts";
import { pcapBytes } from "../../test/hostile/pcapBytes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Files of `fixtures/`, by a path's end; whole, as inputs to start from. */
export function fixtureFiles(pattern: RegExp): readonly Uint8Array[] {
  return readdirSync(join(root, "fixtures"), { recursive: true, encoding: "utf8" })
    .filter((path) => pattern.test(path))
    .toSorted()
    .map((path) => new Uint8Array(readFileSync(join(root, "fixtures", path))));
}

/** Every message of the captures, the logs, the torture tests and the fixtures of the rules, once. */
export function messageTexts(): readonly Uint8Array[] {
  const found = new Map<string, Uint8Array>();
  const add = (bytes: Uint8Array): void => void found.set(Buffer.from(bytes).toString("latin1"), bytes.slice());
  for (const bytes of fixtureFiles(/torture.*\.dat$/)) add(bytes);
  for (const { bytes, start, end } of [...capturedPackets(), ...rulePackets().flat()]) add(bytes.subarray(start, end));
  return [...found.values()];
}

function capturedPackets(): readonly Packet[] {
  return captureFiles().flatMap((file) => {
    const packets: Packet[] = [];
    const decoder = new NetworkDecoder({ onPacket: (packet) => packets.push(packet), onEvent() {}, onIncident() {} });
    const reader = new CaptureReader({ capture: 0, onFrame: (frame) => decoder.push(frame), onIncident() {} });
    reader.push(file);
    reader.flush();
    decoder.flush();
    return packets;
  });
}

/** The captures and logs. */
export function captureFiles(): readonly Uint8Array[] {
  return fixtureFiles(/\.(pcap|pcapng|hep|log|txt)$/);
}

/** Each case of each rule as a capture. */
export function ruleCaptures(): readonly Uint8Array[] {
  return rulePackets().map((packets) => new Uint8Array(pcapBytes(packets)));
}

function rulePackets(): readonly (readonly Packet[])[] {
  const folder = join(root, "packages/core/src/diagnosis/rules");
  const names = readdirSync(folder).filter((name) => name.endsWith(".fixture.md"));
  const cases = names.toSorted().flatMap((name) => readRuleFixture(readFileSync(join(folder, name), "utf8")));
  return cases.map(({ packets }) => packets);
}

const HEP_PACKETS_A_FILE = 6;

/** The HEP packets of captures, some one after the other, as they would come over TCP. */
export function hepFiles(): readonly Uint8Array[] {
  return fixtureFiles(/hep.*\.pcap$/).flatMap((file) => {
    const packets: Uint8Array[] = [];
    const take = (bytes: Uint8Array): void => {
      const at = Buffer.from(bytes).indexOf("HEP3");
      if (at >= 0) packets.push(bytes.subarray(at));
    };
    const reader = new CaptureReader({ capture: 0, onFrame: (frame) => take(capturedBytes(frame)), onIncident() {} });
    reader.push(file);
    reader.flush();
    const files: Uint8Array[] = [];
    for (let at = 0; at < packets.length; at += HEP_PACKETS_A_FILE) {
      files.push(new Uint8Array(Buffer.concat(packets.slice(at, at + HEP_PACKETS_A_FILE))));
    }
    return files;
  });
}
