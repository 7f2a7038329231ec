// npm start: installs and builds what is missing, then explains a capture: yours, or a sample.
import { join, relative } from "node:path";
import { installPackages } from "./install.mjs";
import { root, run } from "./workspace.mjs";

installPackages();
if (run("tsc", ["-b", "packages/cli"], { stdio: ["ignore", 2, 2] }) !== 0) process.exit(1);

// Names on the command line are relative to where npm was called, not to the workspace.
const calledFrom = process.env.INIT_CWD ?? process.cwd();
const sample = join(root, "fixtures", "captures", "g-502-q850-38.pcap");
const args = process.argv.length > 2 ? process.argv.slice(2) : [relative(calledFrom, sample)];
const command = join(root, "packages", "cli", "bin", "sipwhy.js");
process.exit(run("node", [command, ...args], { cwd: calledFrom, shell: false }));
