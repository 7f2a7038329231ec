// npm run bench -- [--size MEGABYTES] [--runs NUMBER] [--seed NUMBER]
// Times sipwhy and the peers that are installed on one generated capture, in turn, and prints a Markdown table.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type CaptureCounts, makeCapture } from "./makeCapture.ts";
import { measure, time } from "./measure.ts";
import { median } from "./median.ts";
import { type BenchProgram, ours, peers } from "./programs.ts";

const { values } = parseArgs({
  options: {
    size: { type: "string", default: "104" },
    runs: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
  },
});

const folder = fileURLToPath(new URL("../../bench-data/", import.meta.url));
mkdirSync(folder, { recursive: true });
const path = join(folder, `${values.size}.pcap`);
const counts = makeCapture({ path, sizeBytes: Number(values.size) * 1e6, seed: Number(values.seed) });
const programs = [ours, ...peers].filter(isInstalled);
const seconds = await timeInTurn(programs, Number(values.runs));
const peaks = await peaksOf(programs);

console.log(describeRun(counts));
console.log(table());

function isInstalled({ name, program, args }: BenchProgram): boolean {
  const script = args("").find((argument) => argument.endsWith(".js"));
  const found =
    script === undefined ? spawnSync("sh", ["-c", `command -v ${program}`]).status === 0 : existsSync(script);
  if (!found) console.error(`${name}: not installed, left out`);
  return found;
}

/** One run of each after the other, so that a slow minute of the machine hits all of them. The first round warms the file cache. */
async function timeInTurn(all: readonly BenchProgram[], runs: number): Promise<readonly number[][]> {
  const results: number[][] = all.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, { name, program, args }] of all.entries()) {
      const taken = await time(program, args(path));
      results[index].push(taken);
      console.error(`run ${run + 1} of ${runs}: ${name} ${taken.toFixed(2)} s`);
    }
  }
  return results;
}

/** Bytes of memory of each in a run of its own; NaN where the system does not tell. */
async function peaksOf(all: readonly BenchProgram[]): Promise<readonly number[]> {
  const found: number[] = [];
  for (const { program, args } of all) found.push((await measure(program, args(path))).peakBytes ?? NaN);
  return found;
}

function describeRun({ bytes, packets, sipPackets, calls }: CaptureCounts): string {
  const count = new Intl.NumberFormat("en").format;
  const processor = cpus()[0]?.model.trim() || "unknown processor";
  return [
    `${count(bytes / 1e6)} MB, ${count(packets)} packets, ${count(sipPackets)} of them SIP, ${count(calls)} Call-IDs; seed ${values.seed}.`,
    `Median of ${values.runs} runs, spread from fastest to slowest. ${cpus().length} × ${processor}, ${count(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}.`,
    "",
  ].join("\n");
}

function table(): string {
  const heading = `| program | version | what it does | seconds | spread | against ${ours.name} | peak memory |`;
  return [heading, "| --- | --- | --- | ---: | ---: | ---: | ---: |", ...programs.map(row)].join("\n");
}

function row({ name, program, versionArgs, does }: BenchProgram, index: number): string {
  const sorted = seconds[index].toSorted((a, b) => a - b);
  const spread = `${sorted[0].toFixed(2)}–${sorted.at(-1)!.toFixed(2)}`;
  const cells = [`\`${name}\``, readVersion(program, versionArgs), does, median(sorted).toFixed(2), spread];
  const against = median(sorted) / median(seconds[0]);
  return `| ${[...cells, `${against.toFixed(1)} ×`, `${(peaks[index] / 1e6).toFixed(0)} MB`].join(" | ")} |`;
}

function readVersion(program: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return /\d+(\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] ?? "";
}
