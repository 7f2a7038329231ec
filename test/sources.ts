import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";

export const root: string = fileURLToPath(new URL("..", import.meta.url));

export interface Source {
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The workspace's files that match; dist and node_modules never do. */
export function readSources(...patterns: readonly string[]): readonly Source[] {
  return globSync([...patterns], { cwd: root, exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name) })
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** What a source imports or exports from: workspace paths for relative specifiers, bare specifiers as they are. */
export function importsOf({ path, text }: Source): readonly string[] {
  const statement =
    /^\s*(?:import|export)\b[^"';=(]*?\bfrom\s*"([^"]+)"|^\s*import\s*"([^"]+)"|\bimport\(\s*"([^"]+)"/gm;
  return [...text.matchAll(statement)]
    .map((match) => match[1] ?? match[2] ?? match[3])
    .map((specifier) => (specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : specifier));
}
