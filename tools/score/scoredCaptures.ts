import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Expected } from "./ruleTally.ts";

export interface ScoredCapture {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly expected: Expected;
}

type Findings = Expected["findings"];

/** Every capture of a folder: with `expectations.json`, or with a birth certificate beside each as `npm run test:peers` keeps them. */
export function scoredCaptures(folder: string): readonly ScoredCapture[] {
  const names = readdirSync(folder);
  const common = names.includes("expectations.json") ? readJson<Expectations>(folder, "expectations.json") : undefined;
  const captures = common === undefined ? names.filter((name) => name.endsWith(".pcap")) : Object.keys(common);
  return captures.map((name) => ({
    name,
    bytes: readFileSync(join(folder, name)),
    expected: common === undefined ? certified(folder, name) : fromExpectation(common[name]),
  }));
}

type Expectations = Readonly<Record<string, { readonly findings?: Findings; readonly none?: boolean }>>;

function fromExpectation({ findings = [], none = false }: Expectations[string]): Expected {
  return { findings, exact: none };
}

function certified(folder: string, name: string): Expected {
  const { expected } = readJson<{ readonly expected: { readonly findings: Findings } }>(
    folder,
    name.replace(/\.pcap$/, ".json"),
  );
  return { findings: expected.findings, exact: true };
}

function readJson<Shape>(folder: string, name: string): Shape {
  return JSON.parse(readFileSync(join(folder, name), "utf8")) as Shape;
}
