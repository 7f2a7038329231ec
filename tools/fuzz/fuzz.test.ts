import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../test/sources.ts";
import type { Find } from "./assignment.ts";
import { runCampaign, type CampaignResult } from "./campaign.ts";
import { faultOf } from "./faultOf.ts";
import { Random } from "./random.ts";
import { readers } from "./readers.ts";

const finds = join(root, "fixtures/fuzz");

describe("changed at random, no input makes the engine fail", () => {
  test.each([...readers])("as %s", async (name, make) => {
    const reader = make();
    const random = new Random(7);
    const faults = new Set<string>();
    for (let left = name === "analysis" ? 60 : 400; left > 0; left--) {
      const fault = await faultOf(reader, reader.next(random));
      if (fault !== undefined) faults.add(fault);
    }
    expect([...faults]).toEqual([]);
  });
});

describe("what fuzzing has found stays repaired", () => {
  const files = readdirSync(finds).filter((name) => name !== "README.md");

  test.each(files)("%s", async (file) => {
    const reader = readers.get(file.split("-")[0])!();
    const input = new Uint8Array(readFileSync(join(finds, file)));
    const before = process.cpuUsage();
    expect(await faultOf(reader, input)).toBeUndefined();
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(10 * reader.allowedMillis(input.length));
  });

  test("and has a line in the README", () => {
    const told = readFileSync(join(finds, "README.md"), "utf8");
    expect(files.filter((file) => !told.includes(`\`${file}\``))).toEqual([]);
  });
});

describe("a fault that is planted", () => {
  test("by throwing is found, once, with the smallest input that shows it", async () => {
    const { told, result } = await campaign("throws");
    expect(told.map(({ what }) => what)).toEqual(["throws TypeError: a semicolon at fuzz/planted.fixture.ts:11"]);
    expect(told.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([";"]);
    expect(result.inputs).toBe(3000);
  });

  test("by hanging is found, and the inputs behind it are still read", async () => {
    const { told, result } = await campaign("hangs");
    expect(told[0]).toMatchObject({ what: "hang: still reading after 1 s of CPU time" });
    expect(told[0].bytes).toContain(0x3b);
    expect(result.inputs).toBeGreaterThanOrEqual(100);
  });

  test("by filling the heap is found", async () => {
    const { told } = await campaign("fills the heap");
    expect(told[0].what).toBe("memory: the heap is full");
    expect(told[0].bytes).toContain(0x3b);
  });

  test("by nobody is not found", async () => {
    const { told, result } = await campaign("sound");
    expect(told).toEqual([]);
    expect(result.inputs).toBe(3000);
  });
});

test("the same seed gives the same inputs", () => {
  const inputs = (seed: number): Uint8Array[] => {
    const reader = readers.get("uri")!();
    const random = new Random(seed);
    return Array.from({ length: 50 }, () => reader.next(random));
  };
  expect(inputs(1)).toEqual(inputs(1));
  expect(inputs(1)).not.toEqual(inputs(2));
});

async function campaign(reader: string): Promise<{ told: Find[]; result: CampaignResult }> {
  const told: Find[] = [];
  const result = await runCampaign({
    reader,
    inputs: reader === "hangs" || reader === "fills the heap" ? 100 : 3000,
    seconds: 60,
    seed: 1,
    hangSeconds: reader === "hangs" ? 1 : 30,
    heapMib: 64,
    readersUrl: new URL("planted.fixture.ts", import.meta.url).href,
    onFind: (find) => void told.push(find),
  });
  return { told, result };
}
