import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** Every module that loading this one loads: type imports are erased. */
function loaded(path: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const statements = readFileSync(path, "utf8").matchAll(/^(?:import|export) (?!type )[^;]*? from "(\.[^"]+)";$/gmu);
  for (const [, specifier] of statements) loaded(join(dirname(path), specifier), seen);
  return seen;
}

const namesOf = (path: string) => [...loaded(join(folder, path))].map((each) => relative(folder, each));

test("the library brings no language with it", () => {
  const names = namesOf("index.ts");
  expect(names).toContain("facts.generated.ts");
  expect(names.filter((name) => name.includes("languages/"))).toEqual([]);
});

test("one language brings neither another nor the library", () => {
  expect(namesOf("languages/ja.ts")).toEqual(["languages/ja.ts"]);
});
