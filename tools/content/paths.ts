import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The workspace this file lives in. */
export const workspaceRoot: string = fileURLToPath(new URL("../..", import.meta.url));

/** Reads one text file below `root`; `undefined` where there is none. */
export function readText(root: string, path: string): string | undefined {
  const absolute = join(root, path);
  return existsSync(absolute) ? readFileSync(absolute, "utf8") : undefined;
}

/** Reads one JSON file below `root`; `undefined` where there is none. Throws with the path when it is not JSON. */
export function readJson<T>(root: string, path: string): T | undefined {
  const text = readText(root, path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Error(`${path}: ${String(error)}`, { cause: error });
  }
}

/** Names of the entries of a folder that end in `extension`, without it, sorted as numbers where they are numbers. */
export function entriesOf(root: string, folder: string, extension: string): string[] {
  const absolute = join(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute)
    .filter((name) => name.endsWith(extension) && !name.startsWith("."))
    .map((name) => name.slice(0, -extension.length))
    .sort(byNumberThenText);
}

export function byNumberThenText(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : a > b ? 1 : 0);
}
