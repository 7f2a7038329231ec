import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./workspace.mjs";

/** Installs what package-lock.json names, if it is not what is installed. Says so on standard error only. */
export function installPackages() {
  if (packagesAreCurrent()) return;
  console.error("Installing packages…");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (npm.status === 0) return;
  process.stderr.write(npm.stdout ?? "");
  process.stderr.write(npm.stderr || `npm: ${npm.error?.message}\n`);
  process.exit(npm.status || 1);
}

// npm leaves beside the packages a copy of the lock with what it really installed; file times would mislead after a checkout.
function packagesAreCurrent() {
  const installedLock = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedLock)) return false;
  const installed = readLock(installedLock);
  return Object.entries(readLock(join(root, "package-lock.json"))).every(
    ([path, wanted]) => !path.includes("node_modules/") || wanted.optional || isSame(installed[path], wanted),
  );
}

function isSame(installed, wanted) {
  return installed?.version === wanted.version && installed?.integrity === wanted.integrity;
}

function readLock(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}
