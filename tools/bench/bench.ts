// npm run bench -- [--size MEGABYTES] [--runs NUMBER] [--seed NUMBER]
// Times sipwhy and the peers that are installed on one generated capture, in turn, and prints a Markdown table.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type CaptureCounts, makeCapture } from "./makeCapture.ts";
import { type Measurement, measure } from "./measure.ts";
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
const measurements = await measureInTurn(programs, Number(values.runs));

console.log(describeRun(counts));
console.log(table(programs, measurements));

function isInstalled({ name, program, args }: BenchProgram): boolean {
  const script = args("").find((argument) => argument.endsWith(".js"));
  const found =
    script === undefined ? spawnSync("sh", ["-c", `command -v ${program}`]).status === 0 : existsSync(script);
  if (!found) console.error(`${name}: not installed, left out`);
  return found;
}

/** One run of each after the other, so that a slow minute of the machine hits all of them. The first round warms the file cache. */
async function measureInTurn(all: readonly BenchProgram[], runs: number): Promise<readonly Measurement[][]> {
  const results: Measurement[][] = all.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, { name, program, args }] of all.entries()) {
      const result = await measure(program, args(path));
      results[index].push(result);
      console.error(`run ${run + 1} of ${runs}: ${name} ${result.seconds.toFixed(2)} s`);
    }
  }
  return results;
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

function table(all: readonly BenchProgram[], results: readonly Measurement[][]): string {
  const reference = median(results[0].map(({ seconds }) => seconds));
  const rows = all.map((program, index) => row(program, results[index], reference));
  const heading = `| program | version | what it does | seconds | spread | against ${all[0].name} | peak memory |`;
  return [heading, "| --- | --- | --- | ---: | ---: | ---: | ---: |", ...rows].join("\n");
}

function row(
  { name, program, versionArgs, does }: BenchProgram,
  runs: readonly Measurement[],
  reference: number,
): string {
  const seconds = runs.map((run) => run.seconds).toSorted((a, b) => a - b);
  const peak = median(runs.map((run) => run.peakBytes ?? NaN)) / 1e6;
  const spread = `${seconds[0].toFixed(2)}–${seconds.at(-1)!.toFixed(2)}`;
  const cells = [`\`${name}\``, readVersion(program, versionArgs), does, median(seconds).toFixed(2), spread];
  return `| ${[...cells, `${(median(seconds) / reference).toFixed(1)} ×`, `${peak.toFixed(0)} MB`].join(" | ")} |`;
}

function readVersion(program: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return /\d+(\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] ?? "";
}
