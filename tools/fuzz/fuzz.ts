import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Find } from "./assignment.ts";
import { type CampaignResult, runCampaign } from "./campaign.ts";
import { readers } from "./readers.ts";

const { values } = parseArgs({
  options: {
    reader: { type: "string", multiple: true },
    inputs: { type: "string", default: "100000" },
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    finds: { type: "string", default: "fuzz-finds" },
    log: { type: "string" },
  },
});

const chosen = values.reader ?? [...readers.keys()];
const unknown = chosen.filter((name) => !readers.has(name));
if (unknown.length > 0) {
  console.error(`unknown reader: ${unknown.join(", ")}; known are ${[...readers.keys()].join(", ")}`);
  process.exit(2);
}

let finds = 0;
for (const reader of chosen) {
  const startMillis = performance.now();
  const { extension } = readers.get(reader)!();
  const result = await runCampaign({
    reader,
    inputs: Number(values.inputs),
    seconds: Number(values.seconds),
    seed: Number(values.seed),
    onFind(find) {
      finds++;
      console.log(`${reader}: ${find.what}\n  ${save(reader, extension, find)}`);
    },
  });
  const line = describe(reader, result, (performance.now() - startMillis) / 1000);
  console.log(line);
  if (values.log !== undefined) {
    appendFileSync(values.log, `${JSON.stringify({ reader, seed: Number(values.seed), ...result })}\n`);
  }
}
process.exitCode = finds > 0 ? 1 : 0;

function describe(reader: string, { inputs, bytes, kept, slowestMillis }: CampaignResult, seconds: number): string {
  const perSecond = Math.round(inputs / seconds);
  const megabytes = (bytes / 1e6).toFixed(1);
  return `${reader}: ${inputs} inputs, ${megabytes} MB, ${perSecond} a second; ${kept} kept; slowest ${slowestMillis.toFixed(0)} ms`;
}

function save(reader: string, extension: string, { bytes }: Find): string {
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  const path = join(values.finds, `${reader}-${digest}${extension}`);
  mkdirSync(values.finds, { recursive: true });
  writeFileSync(path, bytes);
  return path;
}
