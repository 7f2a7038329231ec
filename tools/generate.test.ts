import { rmSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyOfContent, writeText } from "./content.fixture.ts";
import { generatedFiles, stalePaths } from "./generate.ts";

let root: string;

beforeEach(() => {
  root = copyOfContent();
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

test("what is written is fresh, what changed or is left over is stale", async () => {
  const files = await generatedFiles(root);
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  expect(stalePaths(root, files)).toEqual([]);
  writeText(root, "packages/core/src/language/languages/xx.ts", "");
  writeText(root, "packages/core/src/reference/facts.generated.ts", "");
  expect(stalePaths(root, files)).toEqual([
    "packages/core/src/reference/facts.generated.ts",
    "packages/core/src/language/languages/xx.ts",
  ]);
});

test("a rule's values are typed from its English prose, by cause", async () => {
  rmSync(join(root, "content/en/rules"), { recursive: true, force: true });
  const prose =
    "---\ntitle: No ACK from {$caller}\n---\n## why lost\nTo {$callee}.\n## why plain\nSo.\n## fix\n1. Ask {$admin}.\n";
  writeText(root, "content/en/rules/ack-missing.md", prose);
  writeText(root, "packages/core/src/diagnosis/rules/ack-missing.ts", "");
  writeText(root, "packages/core/src/diagnosis/rules/statusText.ts", "");
  const files = await generatedFiles(root);
  const textOf = (name: string) => files.find(({ path }) => path.endsWith(name))!.text;
  const values = textOf("ruleValues.generated.ts").replace(/\s+/gu, " ");
  expect(values).toContain(
    'readonly cause: "lost"; readonly values: { readonly admin: string | number; readonly callee: string | number; readonly caller: string | number',
  );
  expect(values).toContain(
    'readonly cause: "plain"; readonly values: { readonly admin: string | number; readonly caller: string | number }',
  );
  expect(textOf("rules.generated.ts")).toContain("readonly [typeof ackMissing] = [ackMissing]");
});

test("what a translation lacks is English until it is there", async () => {
  writeText(root, "content/de/reference.json", '{ "any.method": "jede Anfrage" }');
  const files = await generatedFiles(root);
  const german = files.find(({ path }) => path === "packages/core/src/reference/languages/de.ts")!.text;
  expect(german).toContain('"any.method":"jede Anfrage"');
  expect(german).toContain('"heading.says":"What it says"');
});
