// npm start: installs and builds what is missing, then explains your capture; without one a sample, and serves the site.
import { join, relative } from "node:path";
import { buildCommand } from "./buildCommand.mjs";
import { installPackages } from "./install.mjs";
import { buildSite } from "./site.mjs";
import { root, run } from "./workspace.mjs";

installPackages();
if (buildCommand() !== 0) process.exit(1);

// Names on the command line are relative to where npm was called, not to the workspace.
const calledFrom = process.env.INIT_CWD ?? process.cwd();
const sample = join(root, "fixtures", "captures", "g-502-q850-38.pcap");
const command = join(root, "packages", "cli", "bin", "sipwhy.js");
const words = process.argv.slice(2);
if (words.length > 0) process.exit(sipwhy(words));

const status = sipwhy([relative(calledFrom, sample)]);
if (status !== 0 || buildSite() !== 0) process.exit(1);
console.log();
process.exit(sipwhy(["web"]));

function sipwhy(args) {
  return run("node", [command, ...args], { cwd: calledFrom, shell: false });
}
