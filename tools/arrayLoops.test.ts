import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, expect, test } from "vitest";
import { ArrayLoops } from "./arrayLoops.ts";

const folder = mkdtempSync(join(tmpdir(), "sipwhy-loops-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the source of a module becomes. `compiled` is the source that the compiler reads. */
function lower(source: string, compiled: string = source): string {
  const path = join(folder, "module.ts");
  writeFileSync(path, compiled);
  writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "target": "esnext" }, "files": ["module.ts"] }');
  const loops = new ArrayLoops(join(folder, "tsconfig.json"));
  try {
    return loops.byIndex(source, path);
  } finally {
    loops.close();
  }
}

/** What a module puts into `seen`. */
function seenBy(source: string): unknown {
  return JSON.parse(
    runInNewContext(`const seen = []; ${stripTypeScriptTypes(source)}; JSON.stringify(seen)`) as string,
  );
}

/** `seen` is the module's own for the compiler alone. */
const inModule = (body: string): string => `declare const seen: unknown[];\n${body}`;

test.each([
  ["an array", "const numbers = [1, 2, 3]; for (const n of numbers) seen.push(n);"],
  [
    "a readonly array that a function returns",
    "const texts = (): readonly string[] => ['a', 'b']; for (const t of texts()) { seen.push(t); }",
  ],
  ["a tuple", "const pair: [number, string] = [1, 'x']; for (let each of pair) { each = `${each}`; seen.push(each); }"],
  [
    "an array of pairs, taken apart",
    "const pairs: [number, number][] = [[1, 2], [3, 4]]; for (const [a, b] of pairs) seen.push(a + b);",
  ],
  ["an array of a cast", "const any: unknown = [1]; for (const n of any as number[]) seen.push(n);"],
  [
    "loops in loops",
    "const rows = [[1, 2], [3]]; for (const row of rows) for (const n of row) if (n !== 2) seen.push(n);",
  ],
  [
    "a loop that is left and gone on with from inside",
    "const rows = [[1, 2, 9], [3], [4]]; outer: for (const row of rows) for (const n of row) { if (n === 2) continue outer; if (n === 4) break outer; seen.push(n); }",
  ],
  [
    "functions that remember each element",
    "const made: (() => number)[] = []; for (const n of [1, 2, 3]) made.push(() => n); for (const each of made) seen.push(each());",
  ],
  [
    "an array that grows meanwhile",
    "const list = [3]; for (const n of list) { seen.push(n); if (n > 0) list.push(n - 1); }",
  ],
])("%s is walked by index and the same is seen", (_what, body) => {
  const source = inModule(body);
  const lowered = lower(source);
  expect(lowered).not.toContain(" of ");
  expect(seenBy(lowered)).toEqual(seenBy(source));
  expect(seenBy(source)).not.toEqual([]);
});

test.each([
  ["a set", "const set = new Set([1, 2]); for (const n of set) { set.delete(2); seen.push(n); }"],
  ["a map's entries", "const map = new Map([[1, 'a']]); for (const [n, t] of map) seen.push(n, t);"],
  ["a text", "for (const letter of 'né') seen.push(letter);"],
  ["bytes", "for (const byte of new Uint8Array(2)) seen.push(byte);"],
  [
    "a generator",
    "function* count() { yield 1; seen.push('between'); yield 2; } for (const n of count()) seen.push(n);",
  ],
  ["an array of what is awaited", "const later = async () => { for await (const n of [1, 2]) seen.push(n); };"],
  ["what has no type", "for (const n of JSON.parse('[1]')) seen.push(n);"],
  [
    "what the compiler knows not to be there",
    "const none = (never: never) => { for (const n of never) seen.push(n); };",
  ],
  [
    "what may be an array or a set",
    "const either = (): number[] | Set<number> => new Set([5]); for (const n of either()) seen.push(n);",
  ],
])("%s is walked as before", (_what, body) => {
  const source = inModule(body);
  expect(lower(source)).toBe(source);
});

test("a source that changed since the compiler read it is refused", () => {
  expect(() => lower("for (const n of [1]) void n;", "for (const n of [2]) void n;")).toThrow(
    "not as the compiler has read it",
  );
});
