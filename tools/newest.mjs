import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./workspace.mjs";

/** When the newest file in these folders of the project was changed, in milliseconds. */
export function newestIn(folders) {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(root, folder, name)),
  );
  return Math.max(...paths.map(timeOf));
}

/** When this file was changed, in milliseconds; 0 where it is not there. */
export function timeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
