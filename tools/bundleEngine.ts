#!/usr/bin/env node
// Makes each entry of @sipwhy/core one file, with what they share beside them; tsc only declares their types. A command that starts has to
// find and link every module it loads: of the engine's hundreds that took longer than to explain a small capture.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rolldown } from "rolldown";
import { ArrayLoops } from "./arrayLoops.ts";
import { workspaceRoot } from "./content/paths.ts";

const folder = join(workspaceRoot, "packages", "core");

/** Of each file in dist the source that it is made of. */
function entries(): Record<string, string> {
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    exports: Record<string, { source: string }>;
  };
  const sources = Object.values(exports).flatMap(({ source }) => (source.includes("*") ? matching(source) : [source]));
  return Object.fromEntries(sources.map((source) => [relative("src", source).slice(0, -".ts".length), source]));
}

/** The files that a pattern of `exports` stands for. */
function matching(pattern: string): string[] {
  const names = readdirSync(join(folder, dirname(pattern))).filter((name) => !name.endsWith(".test.ts"));
  return names.map((name) => join(dirname(pattern), name));
}

const loops = new ArrayLoops(join(folder, "tsconfig.json"));
const arrayLoops = {
  name: "array-loops",
  transform: { filter: { id: /\.ts$/u }, handler: (source: string, path: string) => loops.byIndex(source, path) },
};
const bundle = await rolldown({ cwd: folder, input: entries(), platform: "neutral", plugins: [arrayLoops] });
await bundle.write({ dir: join(folder, "dist"), format: "esm", chunkFileNames: "shared/[name].js" });
await bundle.close();
loops.close();
