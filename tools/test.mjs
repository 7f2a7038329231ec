// npm test: installs, builds and runs every check and every test. Arguments go to vitest.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { installPackages } from "./install.mjs";
import { installPeers } from "./installPeers.mjs";
import { root, run } from "./workspace.mjs";

installPackages();
installPeers();

const checks = {
  "type check": ["tsc", "-b"],
  "engine in few files": ["node", "tools/bundleEngine.ts"],
  "type check of the site": ["npm", "run", "--silent", "check", "--workspace=packages/web"],
  "generated files": ["node", "tools/generate.ts", "--check"],
  content: ["node", "tools/check.ts"],
  lint: ["oxlint", "--type-aware", "--deny-warnings"],
  format: ["oxfmt", "--check"],
  "unused code": ["knip", "--no-progress"],
};
const failedChecks = Object.entries(checks)
  .filter(([title, command]) => !passes(title, command))
  .map(([title]) => title);

const resultFile = join(root, "node_modules", ".cache", "vitest-result.json");
rmSync(resultFile, { force: true });
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${resultFile}`];
const vitestStatus = run("vitest", ["run", ...reporters, ...process.argv.slice(2)]);
const { passed, failed } = countTests();

for (const title of failedChecks) console.log(`Check failed: ${title}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failedChecks.length > 0 || vitestStatus !== 0 || failed > 0 ? 1 : 0);

function passes(title, [program, ...args]) {
  const startTime = Date.now();
  console.log(`\n${title}: ${[program, ...args].join(" ")}`);
  const status = run(program, args);
  console.log(`${status === 0 ? "passed" : "failed"} in ${((Date.now() - startTime) / 1000).toFixed(1)} s`);
  return status === 0;
}

// A test file that cannot even be loaded has no tests to count; it counts as one that failed.
function countTests() {
  try {
    const result = JSON.parse(readFileSync(resultFile, "utf8"));
    const unloaded = result.testResults.filter(
      (file) => file.status === "failed" && file.assertionResults.length === 0,
    );
    return { passed: result.numPassedTests, failed: result.numFailedTests + unloaded.length };
  } catch {
    console.log("vitest left no result");
    return { passed: 0, failed: 1 };
  }
}
