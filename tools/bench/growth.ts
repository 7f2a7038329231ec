// npm run bench:growth -- [--sizes 1,10,100,1000] [--open 1000,10000,100000]
// How time and memory grow: with the length of a capture, and with the calls that are open in captures of equal length.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeCapture } from "./makeCapture.ts";
import { makeOpenCalls } from "./makeOpenCalls.ts";
import { measure } from "./measure.ts";
import { ours } from "./programs.ts";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "1,10,100,1000" },
    open: { type: "string", default: "1000,10000,100000" },
  },
});
/** Of each capture with open calls. */
const OPEN_MESSAGES = 1_000_000;

const folder = fileURLToPath(new URL("../../bench-data/", import.meta.url));
mkdirSync(folder, { recursive: true });
const path = join(folder, "growth.pcap");

console.log("| capture | messages | seconds | processor seconds | of it for each message, µs | peak memory |");
console.log("| --- | ---: | ---: | ---: | ---: | ---: |");
for (const size of numbersIn(values.sizes)) {
  const { sipPackets } = makeCapture({ path, sizeBytes: size * 1e6, seed: 1 });
  await tell(`${size.toLocaleString("en")} MB`, sipPackets);
}
for (const open of numbersIn(values.open)) {
  makeOpenCalls(path, open, OPEN_MESSAGES);
  await tell(`${open.toLocaleString("en")} calls open at a time`, OPEN_MESSAGES);
}
rmSync(path, { force: true });

async function tell(capture: string, messages: number): Promise<void> {
  const { seconds, processorSeconds = NaN, peakBytes = NaN } = await measure(ours.program, ours.args(path));
  const each = (processorSeconds / messages) * 1e6;
  const peak = `${(peakBytes / 1e6).toFixed(0)} MB`;
  const cells = [seconds.toFixed(1), processorSeconds.toFixed(1), each.toFixed(1), peak];
  console.log(`| ${[capture, messages.toLocaleString("en"), ...cells].join(" | ")} |`);
}

function numbersIn(list: string): readonly number[] {
  return list.split(",").filter(Boolean).map(Number);
}
