import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { allLocales, sourceTag } from "./content/locales.ts";
import { readText, workspaceRoot } from "./content/paths.ts";
import { stampOf, translatableFiles, withStamp } from "./content/stamps.ts";

/**
 * `npm run stamp -- ja [files…]`: says that these translations (all of the language without a list) are made from the English as it
 * is now. Returns the files stamped. Throws for a language or a file it does not know.
 */
export function stamp(root: string, tag: string, wanted: readonly string[]): string[] {
  if (tag === sourceTag || !allLocales(root).some((locale) => locale.tag === tag)) {
    throw new Error(`${tag} is not a language that is translated into (see content/locales.json)`);
  }
  const known = translatableFiles(root);
  const paths = wanted.length === 0 ? known : wanted.map((path) => withoutFolder(path, tag));
  const unknown = paths.find((path) => !known.includes(path));
  if (unknown !== undefined) throw new Error(`content/${sourceTag}/${unknown} does not exist`);
  return paths.filter((path) => stampOne(root, tag, path));
}

function withoutFolder(path: string, tag: string): string {
  const folder = `content/${tag}/`;
  const at = path.indexOf(folder);
  return at < 0 ? path : path.slice(at + folder.length);
}

function stampOne(root: string, tag: string, path: string): boolean {
  const translation = readText(root, `content/${tag}/${path}`);
  if (translation === undefined) return false;
  const stamped = withStamp(translation, path, stampOf(readText(root, `content/${sourceTag}/${path}`)!));
  if (stamped === translation) return false;
  writeFileSync(join(root, `content/${tag}/${path}`), stamped);
  return true;
}

if (import.meta.main) {
  const [tag = "", ...files] = process.argv.slice(2);
  try {
    const stamped = stamp(workspaceRoot, tag, files);
    console.log(stamped.length > 0 ? stamped.map((path) => `stamped ${path}`).join("\n") : "nothing to stamp");
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
