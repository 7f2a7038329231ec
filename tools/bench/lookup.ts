// npm run bench:lookup -- [--runs NUMBER]
// What one look-up costs of a whole process: `sipwhy 502` against a Node that does nothing, in turn.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { time } from "./measure.ts";
import { median } from "./median.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "31" } } });
const command = fileURLToPath(new URL("../../packages/cli/bin/sipwhy.js", import.meta.url));
const looked: number[] = [];
const bare: number[] = [];
for (let run = 0; run < Number(values.runs); run++) {
  looked.push((await time(process.execPath, [command, "502"])) * 1000);
  bare.push((await time(process.execPath, ["-e", "0"])) * 1000);
}
const difference = median(looked) - median(bare);
console.log(`| process | median of ${values.runs}, ms |\n| --- | ---: |`);
console.log(`| \`sipwhy 502\` | ${median(looked).toFixed(0)} |\n| \`node -e 0\` | ${median(bare).toFixed(0)} |`);
console.log(`| the look-up itself | ${difference.toFixed(0)} |`);
