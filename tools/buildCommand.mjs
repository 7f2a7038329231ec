// Builds the command and the engine that it needs, where they are missing or older than what they are made of.
import { join } from "node:path";
import { newestIn, timeOf } from "./newest.mjs";
import { root, run } from "./workspace.mjs";

/** Returns the exit status. Says nothing on standard output. */
export function buildCommand() {
  const options = { stdio: ["ignore", 2, 2] };
  const status = run("tsc", ["-b", "packages/cli"], options);
  return status !== 0 || engineIsCurrent() ? status : run("node", ["tools/bundleEngine.ts"], options);
}

function engineIsCurrent() {
  return timeOf(join(root, "packages/core/dist/index.js")) > newestIn(["packages/core/src"]);
}
