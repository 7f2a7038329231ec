import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { workspaceRoot } from "./content/paths.ts";

/** A copy of the English content and its facts, in a folder of its own, to be broken. */
export function copyOfContent(): string {
  const root = mkdtempSync(join(tmpdir(), "sipwhy-content-"));
  for (const name of ["codes", "q850", "warnings", "reasons", "pairs", "unregistered", "registries", "en"]) {
    cpSync(join(workspaceRoot, "content", name), join(root, "content", name), { recursive: true });
  }
  for (const name of ["locales.json", "profiles.json", "rfcs.json", "symptoms.json"]) {
    cpSync(join(workspaceRoot, "content", name), join(root, "content", name));
  }
  return root;
}

export function writeText(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
