import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { root } from "./sources.ts";
import { systemNode } from "./systemNode.ts";

const command = join(root, "packages/cli/bin/sipwhy.js");
const sample = join(root, "fixtures/captures/g-502-q850-38.pcap");

beforeAll(() => void execFileSync("tsc", ["-b", "packages/cli"], { cwd: root }));

test("the built command explains a capture under the system's Node", () => {
  const { stdout, stderr, status } = spawnSync(systemNode(), [command, sample], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("502");
  expect(stdout).toContain("10.9.0.30");
});

test("npm start explains what is named on the command line, relative to where npm was called, and keeps the exit status", () => {
  const start = (...args: string[]): ReturnType<typeof spawnSync> =>
    spawnSync(systemNode(), [join(root, "tools/start.mjs"), ...args], {
      encoding: "utf8",
      env: { ...process.env, INIT_CWD: join(root, "fixtures/captures") },
    });
  const report = JSON.parse(String(start("--format", "json", "i-486.pcap").stdout));
  expect(report.calls[0].outcome).toMatchObject({ statusCode: 486 });
  expect(start("--fail-on", "any", "i-486.pcap").status).toBe(1);
  expect(start("missing.pcap").status).toBe(2);
  expect(String(start().stdout)).toContain("502");
});
