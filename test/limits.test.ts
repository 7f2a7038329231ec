import { expect, test } from "vitest";
import { networkLimits } from "../packages/core/src/network/limits.ts";
import { readSources } from "./sources.ts";

/** One row of the table in docs/robustness.md. */
interface Row {
  readonly what: string;
  readonly limit: number;
  /** The `limit` of the incident that tells of it; `` where what is beyond is forgotten or not looked at. */
  readonly told: string;
  readonly path: string;
  readonly constant: string;
}

const [page] = readSources("docs/robustness.md");
const rows = [
  ...page.text.matchAll(/^\| ([^|]+) \| ([\d,]+) \| (?:`([\w-]+)`)? *\| `([\w/]+\.ts)` `([\w-]+)` \|$/gm),
].map(([, what, limit, told = "", path, constant]): Row => ({
  what,
  limit: Number(limit.replaceAll(",", "")),
  told,
  path,
  constant,
}));

test("every limit in the documentation is the one in the code", () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter(({ path, constant, limit }) => valueOf(path, constant) !== limit)).toEqual([]);
});

test("every limit that a report can tell of is in the documentation", () => {
  const literals = readSources("packages/core/src/**/*.ts")
    .filter(({ path }) => !path.includes(".test.") && !path.includes("/languages/"))
    .flatMap(({ text }) => [...text.matchAll(/\blimit: "([\w-]+)"/g)].map(([, name]) => name));
  const told = new Set(rows.map((row) => row.told));
  const names = [...new Set([...literals, ...Object.keys(networkLimits)])];
  expect(names.filter((name) => !told.has(name) && name !== "endpoints")).toEqual([]);
});

/** `NAME = 64 * 1024` or `"name": 1024`, computed. */
function valueOf(path: string, constant: string): number | undefined {
  const [source] = readSources(`packages/core/src/${path}`);
  const pattern = new RegExp(`(?:const ${constant}(?:: number)? =|^ +"?${constant}"?:) ([\\d_x*/ +a-f-]+)[;,]`, "m");
  const factors = pattern.exec(source?.text ?? "")?.[1].replaceAll("_", "");
  if (factors === undefined) return undefined;
  const power = /^2 \*\* (\d+) - 1$/.exec(factors);
  if (power !== null) return 2 ** Number(power[1]) - 1;
  return factors.split("*").reduce((product, factor) => product * Number(factor), 1);
}
