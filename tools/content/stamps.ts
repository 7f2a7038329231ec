import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { sourceTag } from "./locales.ts";
import { readText } from "./paths.ts";

/** The stamp of an English file: first 12 hex digits of the SHA-256 of its bytes. */
export function stampOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** The English files that every language has a translation of, relative to the language's folder, sorted. */
export function translatableFiles(root: string): string[] {
  const folder = join(root, "content", sourceTag);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md") || path.endsWith(".json"))
    .sort();
}

/** The stamp that a translated file carries; `undefined` when it carries none. */
export function carriedStamp(text: string, path: string): string | undefined {
  if (path.endsWith(".json")) return (JSON.parse(text) as Record<string, string>).$source;
  const line = text
    .split("\n---", 1)[0]
    .split("\n")
    .find((candidate) => candidate.startsWith("source: "));
  return line?.slice("source: ".length).trim();
}

/** The text of a translated file with this stamp in place of the one it carried. */
export function withStamp(text: string, path: string, stamp: string): string {
  if (path.endsWith(".json")) {
    const strings = JSON.parse(text) as Record<string, unknown>;
    delete strings.$source;
    // Written by hand: an object puts keys that are numbers before all others.
    const rest = JSON.stringify(strings, undefined, 2).slice(1);
    return `{\n  "$source": ${JSON.stringify(stamp)}${rest.length > 1 ? "," : "\n"}${rest}\n`;
  }
  const lines = text.split("\n");
  const end = lines.indexOf("---", 1);
  const frontMatter = lines.slice(1, end).filter((line) => !line.startsWith("source: "));
  return ["---", ...frontMatter, `source: ${stamp}`, ...lines.slice(end)].join("\n");
}

export type TranslationState = "missing" | "stale" | "current";

/** Whether the translation of one English file is there and made from its present text. */
export function stateOf(root: string, tag: string, path: string): TranslationState {
  const translation = readText(root, `content/${tag}/${path}`);
  if (translation === undefined) return "missing";
  const source = readText(root, `content/${sourceTag}/${path}`)!;
  return carriedStamp(translation, path) === stampOf(source) ? "current" : "stale";
}
