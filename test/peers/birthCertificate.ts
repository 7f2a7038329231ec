import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Situation } from "./situation.ts";

/** Keeps a capture with what it is: who made it, with which programs, when, and what the report about it must say. */
export function keep(folder: string, situation: Situation, capture: Uint8Array): void {
  const { name, actors, proxies = [], outcomes, findings } = situation;
  const certificate = {
    file: `${name}.pcap`,
    generator: "npm run test:peers (test/peers/situations.ts)",
    date: new Date().toISOString(),
    programs: { ...programs(), "scripted UA": "test/peers/ua" },
    situation: { name, actors: actors.map(({ title }) => title), proxies },
    expected: { outcomes, findings },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.pcap`), capture);
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(certificate, undefined, 1)}\n`);
}

let known: Readonly<Record<string, string>> | undefined;

function programs(): Readonly<Record<string, string>> {
  known ??= {
    kamailio: versionFrom("kamailio", "-v"),
    sipp: versionFrom("sipp", "-v"),
    baresip: versionFrom("baresip", "-h"),
    tcpdump: versionFrom("tcpdump", "--version"),
  };
  return known;
}

function versionFrom(program: string, option: string): string {
  const { stdout, stderr } = spawnSync(program, [option], { encoding: "utf8" });
  const lines = `${stdout}\n${stderr}`.split("\n").map((line) => line.trim());
  return lines.find((line) => /\d+\.\d+/.test(line)) ?? "unknown";
}
