import { expect, test } from "vitest";
import { importsOf, readSources, type Source } from "./sources.ts";

/** docs/architecture.md: imports point left. */
const pipeline = "bytes capture network message sdp transaction dialog call diagnosis redaction view export".split(" ");
const core = "packages/core/src/";
const coreSources = readSources(`${core}**/*.ts`).filter(({ path }) => !path.endsWith(".test.ts"));

test("every stage of the pipeline imports only from itself and the stages to its left", () => {
  const violations = coreSources.flatMap((source) => {
    const allowed = allowedFolders(source);
    return importsOf(source)
      .filter((target) => !allowed.some((folder) => target.startsWith(core + folder + "/")))
      .map((target) => `${source.path} imports ${target}`);
  });
  expect(coreSources.length).toBeGreaterThan(10);
  expect(violations).toEqual([]);
});

function allowedFolders({ path }: Source): readonly string[] {
  const folder = path.slice(core.length).split("/")[0];
  if (folder === "index.ts") return [...pipeline, "language", "reference"];
  if (folder === "reference") return [folder, "language"];
  if (!pipeline.includes(folder)) return [folder];
  const left = pipeline.slice(0, pipeline.indexOf(folder) + 1);
  return left.includes("diagnosis") ? [...left, "language", "reference"] : left;
}

test("the command imports the engine only through its public doors, and nothing imports the command", () => {
  const [{ text }] = readSources("packages/core/package.json");
  const doors = Object.keys(JSON.parse(text).exports).map((door) => door.replace(".", "@sipwhy/core").replace("*", ""));
  const isDoor = (target: string): boolean =>
    doors.some((door) => target === door || (door.endsWith("/") && target.startsWith(door)));
  const allowed = (target: string): boolean =>
    isDoor(target) || /^(node:|@stricli\/core$|fzstd$|packages\/cli\/)/.test(target);
  const cli = readSources("packages/cli/src/**/*.ts", "packages/cli/bin/*.js").filter(
    ({ path }) => !path.endsWith(".test.ts"),
  );
  const violations = cli.flatMap((source) =>
    importsOf(source)
      .filter((target) => !allowed(target))
      .map((target) => `${source.path} imports ${target}`),
  );
  expect(cli.length).toBeGreaterThan(1);
  expect(violations).toEqual([]);
});

test("no page of the site reaches into another package past its public doors", () => {
  const web = readSources("packages/web/src/**/*.{ts,svelte}");
  const violations = web.flatMap((source) =>
    importsOf(source)
      .filter((target) => target.startsWith("packages/") && !target.startsWith("packages/web/src/"))
      .map((target) => `${source.path} imports ${target}`),
  );
  expect(web.length).toBeGreaterThan(10);
  expect(violations).toEqual([]);
});

test("imports are found in every form they are written in", () => {
  const text = `import { a } from "./a.ts";\nimport type {\n  B,\n} from "../b/b.ts";\nexport * from "./c.ts";\nimport "node:fs";\nconst d = import("./d.ts");`;
  const found = importsOf({ path: "packages/core/src/x/y.ts", text });
  const folder = "packages/core/src/";
  expect(found).toEqual([`${folder}x/a.ts`, `${folder}b/b.ts`, `${folder}x/c.ts`, "node:fs", `${folder}x/d.ts`]);
});
