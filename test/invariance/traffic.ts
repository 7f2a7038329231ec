import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { CaptureReader } from "../../packages/core/src/capture/captureReader.ts";
import { Analysis } from "../../packages/core/src/diagnosis/analysis.ts";
import type { Password } from "../../packages/core/src/diagnosis/passwordProof.ts";
import type { Report } from "../../packages/core/src/diagnosis/report.ts";
import { readRuleFixture } from "../../packages/core/src/diagnosis/ruleFixture.fixture.ts";
import { language } from "../../packages/core/src/language/languages/en.ts";
import { NetworkDecoder } from "../../packages/core/src/network/networkDecoder.ts";
import type { NetworkEvent, Packet } from "../../packages/core/src/network/packet.ts";
import { capturesFolder } from "../explain.ts";
import { root } from "../sources.ts";

/** What was seen, in the order in which it is told. */
export interface Traffic {
  readonly name: string;
  readonly seen: readonly (Packet | NetworkEvent)[];
  readonly observedUntilMicros: number;
  readonly credentials: readonly Password[];
}

/** By file: each case of the fixtures of rules, and each capture. */
export function readTraffic(): Readonly<Record<string, readonly Traffic[]>> {
  return { ...readFixtures(), ...readCaptures() };
}

export function reportOf({ seen, observedUntilMicros, credentials }: Traffic): Report {
  const analysis = new Analysis({ language, names: ["traffic"], credentials, digest: md5 });
  for (const each of seen) {
    if (isPacket(each)) analysis.pushPacket(each);
    else analysis.pushEvent(each);
  }
  analysis.observe(observedUntilMicros);
  return analysis.finish();
}

export function isPacket(each: Packet | NetworkEvent): each is Packet {
  return !("kind" in each);
}

function md5(_algorithm: string, data: string | Uint8Array): string {
  return createHash("md5").update(data).digest("hex");
}

function readFixtures(): Record<string, Traffic[]> {
  const folder = join(root, "packages/core/src/diagnosis/rules");
  const names = readdirSync(folder).filter((name) => name.endsWith(".fixture.md"));
  return Object.fromEntries(names.map((name) => [name, readCases(join(folder, name))]));
}

function readCases(path: string): Traffic[] {
  return readRuleFixture(readFileSync(path, "utf8")).map(
    ({ heading, packets, events, observedUntilMicros, credentials }) => ({
      name: `${basename(path, ".fixture.md")}, ${heading}`,
      seen: [...events, ...packets],
      observedUntilMicros,
      credentials,
    }),
  );
}

function readCaptures(): Record<string, Traffic[]> {
  const names = readdirSync(capturesFolder).filter((name) => /\.pcap(ng)?$/.test(name));
  return Object.fromEntries(names.map((name) => [name, [readCapture(name)]]));
}

function readCapture(name: string): Traffic {
  const seen: (Packet | NetworkEvent)[] = [];
  let observedUntilMicros = 0;
  const decoder = new NetworkDecoder({
    onPacket: (packet) => void seen.push(packet),
    onEvent: (event) => void seen.push(event),
    onIncident: () => undefined,
  });
  const reader = new CaptureReader({
    capture: 0,
    onFrame: (frame) => {
      observedUntilMicros = Math.max(observedUntilMicros, frame.timeMicros);
      decoder.push(frame);
    },
    onIncident: () => undefined,
  });
  reader.push(new Uint8Array(readFileSync(join(capturesFolder, name))));
  reader.flush();
  decoder.flush();
  return { name, seen, observedUntilMicros, credentials: [] };
}
