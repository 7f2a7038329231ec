// Every example of the README is run. `UPDATE_README=1 npx vitest run test/readme.test.ts` writes what they print into it.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCommand } from "../tools/buildCommand.mjs";
import { root } from "./sources.ts";

const readmePath = join(root, "README.md");
const readme = readFileSync(readmePath, "utf8");
const prompt = "$ npx sipwhy ";
const more = "…";

beforeAll(() => expect(buildCommand()).toBe(0));

interface Example {
  readonly words: readonly string[];
  readonly shown: string;
  /** Lines shown of the output, or all. */
  readonly lines: number | undefined;
}

function examples(): Example[] {
  return readme
    .split(/^```.*$/mu)
    .map((block) => block.trim().split("\n"))
    .filter(([first]) => first.startsWith(prompt))
    .map(([first, ...rest]) => {
      const cut = rest.at(-1) === more;
      const shown = cut ? rest.slice(0, -1) : rest;
      return {
        words: first.slice(prompt.length).split(" "),
        shown: shown.join("\n"),
        lines: cut ? shown.length : undefined,
      };
    });
}

function sipwhy(words: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, "packages/cli/bin/sipwhy.js"), ...words], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C", COLUMNS: "80" },
  });
  expect({ words, stderr, status }).toEqual({ words, stderr: "", status: 0 });
  return stdout;
}

test.for(examples().map((example) => [example.words.join(" "), example] as const))(
  "the README shows what sipwhy %s prints",
  ([, { words, shown, lines }]) => {
    const printed = sipwhy(words).trimEnd().split("\n").slice(0, lines).join("\n").trimEnd();
    if (process.env.UPDATE_README !== undefined) {
      writeFileSync(
        readmePath,
        readFileSync(readmePath, "utf8").replace(shown, () => printed),
      );
      return;
    }
    expect(shown).toBe(printed);
  },
);

test("the README has examples of explaining, of a ladder and of comparing", () => {
  const words = examples().map((example) => example.words.join(" "));
  expect(words.length).toBeGreaterThanOrEqual(3);
  expect(words.some((line) => line.includes("--ladder"))).toBe(true);
});

const folder = mkdtempSync(join(root, "packages/cli/example-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the library example of the README runs and prints a finding", () => {
  const code = /```ts\n([\s\S]*?)```/u.exec(readme)?.[1] ?? "";
  const capture = join(root, "fixtures/captures/g-502-q850-38.pcap");
  const given = `import { readFileSync } from "node:fs";\nconst bytes = new Uint8Array(readFileSync(${JSON.stringify(capture)}));\n`;
  const path = join(folder, "example.mjs");
  writeFileSync(path, given + code);
  const printed = execFileSync(process.execPath, [path], { encoding: "utf8" });
  expect(printed).toContain("gateway-destination-out-of-order certain");
});
