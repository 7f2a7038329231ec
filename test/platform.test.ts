import { expect, test } from "vitest";
import { importsOf, readSources } from "./sources.ts";

test("the engine has no dependencies of any kind", () => {
  const [{ text }] = readSources("packages/core/package.json");
  const fields = Object.keys(JSON.parse(text)).filter((field) => /dependencies$/i.test(field));
  expect(fields).toEqual([]);
});

test("the engine imports nothing but its own files, so it runs in a browser", () => {
  const sources = readSources("packages/core/src/**/*.ts").filter(({ path }) => !path.endsWith(".test.ts"));
  const foreign = sources.flatMap((source) =>
    importsOf(source)
      .filter((target) => !target.startsWith("packages/core/src/"))
      .map((target) => `${source.path} imports ${target}`),
  );
  expect(foreign).toEqual([]);
});

test("the engine is type-checked without Node's types and without a browser's", () => {
  const [base, core] = readSources("tsconfig.base.json", "packages/core/tsconfig.json")
    .toSorted((a) => (a.path.startsWith("tsconfig") ? -1 : 1))
    .map(({ text }) => JSON.parse(text).compilerOptions);
  const options = { ...base, ...core };
  expect(options).toMatchObject({
    types: [],
    lib: ["ES2023"],
    strict: true,
    isolatedDeclarations: true,
    erasableSyntaxOnly: true,
  });
});

test("the engine reads no clock and no randomness", () => {
  const sources = readSources("packages/core/src/**/*.ts").filter(({ path }) => !path.endsWith(".test.ts"));
  const found = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b/g)].map(
      ([word]) => `${path}: ${word}`,
    ),
  );
  expect(found).toEqual([]);
});
