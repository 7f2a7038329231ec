import { spawnSync } from "node:child_process";
import type { Plugin } from "vite";
import { begunLocales, sourceTag } from "../../../tools/content/locales.ts";
import { readJson, workspaceRoot } from "../../../tools/content/paths.ts";
import { stateOf, translatableFiles } from "../../../tools/content/stamps.ts";

const name = "virtual:content-state";

/** The module that knows when each text changed and which translations lag behind their English. */
export function contentState(): Plugin {
  return {
    name: "sipwhy-content-state",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const registry = readJson<{ date: string }>(workspaceRoot, "content/registries/sip-response-codes.json");
      return [
        `export const dates = ${JSON.stringify(datesOfContent())};`,
        `export const stale = ${JSON.stringify(staleTranslations())};`,
        `export const registryDate = ${JSON.stringify(registry?.date ?? "")};`,
      ].join("\n");
    },
  };
}

function staleTranslations(): string[] {
  const translated = begunLocales(workspaceRoot).filter(({ tag }) => tag !== sourceTag);
  return translated.flatMap(({ tag }) =>
    translatableFiles(workspaceRoot)
      .filter((path) => stateOf(workspaceRoot, tag, path) === "stale")
      .map((path) => `content/${tag}/${path}`),
  );
}

/** The day of the last commit of each file; nothing outside a repository. */
function datesOfContent(): Record<string, string> {
  const args = ["log", "--format=@%cs", "--name-only", "--no-renames", "--", "content"];
  const git = spawnSync("git", args, { cwd: workspaceRoot, encoding: "utf8", maxBuffer: 1 << 28 });
  const dates: Record<string, string> = {};
  let date = "";
  for (const line of git.error ? [] : git.stdout.split("\n")) {
    if (line.startsWith("@")) date = line.slice(1);
    else if (line !== "") dates[line] ??= date;
  }
  return dates;
}
