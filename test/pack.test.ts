import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCommand } from "../tools/buildCommand.mjs";
import { root } from "./sources.ts";
import { systemNode } from "./systemNode.ts";

const folder = mkdtempSync(join(tmpdir(), "sipwhy-pack-"));
afterAll(() => rmSync(folder, { recursive: true }));

let packed: { readonly filename: string; readonly files: readonly { readonly path: string }[] };

beforeAll(() => {
  expect(buildCommand()).toBe(0);
  [packed] = Object.values(
    JSON.parse(run("npm", ["pack", "--json", "--workspace=@sipwhy/core", `--pack-destination=${folder}`], root)),
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", join(folder, packed.filename)], folder);
});

test("installing the engine alone brings exactly one package", () => {
  const installed = readdirSync(join(folder, "node_modules"), { recursive: true, encoding: "utf8" });
  expect(installed.filter((path) => /(^|\/)package\.json$/.test(path))).toEqual(["@sipwhy/core/package.json"]);
});

test("the package holds what a user needs and neither tests nor sources", () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toContain("dist/index.js");
  expect(paths).toContain("dist/index.d.ts");
  expect(paths.filter((path) => !/^(dist\/|package\.json$|README\.md$|LICENSE$)/.test(path))).toEqual([]);
  expect(paths.filter((path) => /\.test\.|\.tsbuildinfo$/.test(path))).toEqual([]);
});

test("the installed engine loads under the oldest Node that it supports", () => {
  const script = `import("@sipwhy/core").then((door) => console.log(typeof door.analyze));`;
  expect(run(systemNode(), ["-e", script], folder).trim()).toBe("function");
});

function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
