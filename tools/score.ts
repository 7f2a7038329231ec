// npm run score [FOLDER…]: precision and recall per rule, and how often a degraded capture leads to a wrong verdict.
import { join } from "node:path";
import { analyze, type Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { contradictions } from "./score/contradictions.ts";
import { degrade } from "./score/degrade.ts";
import { RuleTally } from "./score/ruleTally.ts";
import { scoredCaptures } from "./score/scoredCaptures.ts";

const root = join(import.meta.dirname, "..");
const folders = process.argv.length > 2 ? process.argv.slice(2) : [join(root, "fixtures", "captures")];

const tally = new RuleTally();
const wrong = new Map<string, number>();
const verdicts = { certain: 0, likely: 0, indeterminate: 0 };
let degradedCaptures = 0;

for (const { name, bytes, expected } of folders.flatMap(scoredCaptures)) {
  const whole = await explain(bytes);
  tally.add(whole, expected);
  for (const degraded of degrade(bytes)) {
    degradedCaptures++;
    for (const { verdict, said, whole: known } of contradictions(await explain(degraded.bytes), whole)) {
      verdicts[verdict]++;
      const line = `${verdict} in ${name}, ${degraded.kind}: ${said}; whole: ${known.join(", ") || "nothing"}`;
      wrong.set(line, (wrong.get(line) ?? 0) + 1);
    }
  }
}

console.log(`${"rule".padEnd(34)}  precision, recall`);
for (const line of tally.lines()) console.log(line);
console.log(`\n${degradedCaptures} degraded captures; findings that the whole capture does not bear out:`);
console.log(`${verdicts.certain} certain, ${verdicts.likely} likely, ${verdicts.indeterminate} indeterminate`);
for (const [line, times] of [...wrong].toSorted(([a], [b]) => a.localeCompare(b))) console.log(`${times} × ${line}`);
process.exitCode = verdicts.certain > 0 ? 1 : 0;

function explain(bytes: Uint8Array): Promise<Report> {
  return analyze([{ name: "capture", bytes }], { language });
}
