import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The Node of the system: the first on PATH that is not the one pinned in node_modules. It may be older than the pinned one. */
export function systemNode(): string {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const found = folders.map((folder) => join(folder, "node")).find(isExecutable);
  if (found === undefined) throw new Error("no Node on PATH but the one in node_modules");
  const version = execFileSync(found, ["--version"], { encoding: "utf8" }).trim();
  const [major, minor] = version.slice(1).split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Error(`${found} is ${version}; sipwhy needs 20.19 or later`);
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
