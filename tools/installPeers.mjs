// The programs that tests compare with are Debian packages; test/peers.ts skips or fails where one is missing.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./workspace.mjs";

/** Installs missing peer programs where that can be done without asking: on Debian, as root. */
export function installPeers() {
  const packages = missingPackages();
  if (packages.length === 0 || process.getuid?.() !== 0 || !exists("apt-get")) return;
  console.error(`Installing ${packages.join(", ")}…`);
  if (aptGet("update") && aptGet("install", "--yes", "--no-install-recommends", ...packages)) return;
  console.error(`Could not install ${packages.join(", ")}; tests that need them say so.`);
}

function missingPackages() {
  const peers = JSON.parse(readFileSync(join(root, "test", "peers.json"), "utf8"));
  return Object.entries(peers)
    .filter(([program]) => !exists(program))
    .map(([, debianPackage]) => debianPackage);
}

function exists(program) {
  return spawnSync("sh", ["-c", `command -v ${program} || ls ${program}`]).status === 0;
}

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const result = spawnSync("apt-get", ["-qq", ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
  return result.status === 0;
}
