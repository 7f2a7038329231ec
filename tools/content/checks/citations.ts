import { readdirSync, existsSync } from "node:fs";
import { join } from "node:path";
import { citedSections, readRfcs } from "../citations.ts";
import { readText } from "../paths.ts";
import type { Problem } from "./problem.ts";

const folders: readonly string[] = ["content", "packages/core/src", "packages/cli/src", "docs"];

/** Every `RFC nnnn §x` in content, source and documentation is a section of content/rfcs.json. */
export function checkCitations(root: string): Problem[] {
  const rfcs = readRfcs(root);
  return folders
    .flatMap((folder) => filesOf(root, folder))
    .flatMap((path): Problem[] => {
      const unknown = citedSections(readText(root, path)!).filter(
        ({ rfc, section }) => rfcs[rfc]?.sections[section] === undefined,
      );
      return unknown.map(({ rfc, section }) => ({
        path,
        message: `RFC ${rfc} §${section} is not in content/rfcs.json`,
      }));
    });
}

function filesOf(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:ts|md|json)$/u.test(name) && !name.endsWith(".generated.ts") && name !== "rfcs.json")
    .map((name) => `${folder}/${name}`)
    .sort();
}
