import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { growthCases } from "./growth/cases.ts";
import type { Growth } from "./growth/measure.ts";
import { root } from "./sources.ts";

/** Of an input four times as large: what grows with the square would take sixteen times as much. */
const MOST_GROWTH = 6;

describe("the work grows no faster than the input, at its worst", () => {
  const measured = new Map<string, Growth>();

  beforeAll(() => {
    const flags = ["--no-opt", "--no-maglev", "--max-old-space-size=2048"];
    const output = execFileSync(process.execPath, [...flags, join(root, "test/growth/measure.ts")], {
      encoding: "utf8",
    });
    for (const line of output.trim().split("\n")) {
      const growth: Growth = JSON.parse(line);
      measured.set(growth.name, growth);
    }
  });

  test.each(growthCases)("of $name", ({ name, limit }) => {
    const { taken, limits } = measured.get(name)!;
    expect(taken[1] / taken[0]).toBeLessThan(MOST_GROWTH);
    expect(taken[0]).toBeGreaterThan(0);
    expect(limits.join("\n")).toContain(limit ?? "");
  });
});
