import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatted, type GeneratedFile } from "./content/emit.ts";
import { languageModules } from "./content/languageModules.ts";
import { workspaceRoot } from "./content/paths.ts";
import { referenceModules } from "./content/referenceModules.ts";
import { ruleModules } from "./content/ruleModules.ts";
import { webModules } from "./content/webModules.ts";

/** Folders that hold nothing but generated files: what content no longer yields is deleted there. */
const generatedFolders: readonly string[] = [
  "packages/core/src/language/languages",
  "packages/core/src/reference/languages",
  "packages/web/src/lib/languages/glossary",
  "packages/web/src/lib/languages/strings",
];

/** Every file that content yields, formatted. */
export async function generatedFiles(root: string): Promise<GeneratedFile[]> {
  const files = [...languageModules(root), ...ruleModules(root), ...referenceModules(root), ...webModules(root)];
  return Promise.all(files.map((file) => formatted(root, file)));
}

/** Paths of committed files that differ from what content yields, or that it no longer yields. */
export function stalePaths(root: string, files: readonly GeneratedFile[]): string[] {
  const changed = files.filter(
    ({ path, text }) => !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== text,
  );
  return [...changed.map(({ path }) => path), ...leftoverPaths(root, files)];
}

function leftoverPaths(root: string, files: readonly GeneratedFile[]): string[] {
  const wanted = new Set(files.map(({ path }) => path));
  return generatedFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !wanted.has(path));
}

function write(root: string, files: readonly GeneratedFile[]): void {
  for (const path of leftoverPaths(root, files)) rmSync(join(root, path));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

if (import.meta.main) {
  const files = await generatedFiles(workspaceRoot);
  const stale = stalePaths(workspaceRoot, files);
  if (!process.argv.includes("--check")) {
    if (stale.length > 0) write(workspaceRoot, files);
    console.log(stale.length > 0 ? stale.map((path) => `wrote ${path}`).join("\n") : "everything is fresh");
  } else if (stale.length > 0) {
    console.error(
      `${stale.map((path) => `stale: ${path}`).join("\n")}\nRun \`npm run generate\` and commit the result.`,
    );
    process.exitCode = 1;
  }
}
