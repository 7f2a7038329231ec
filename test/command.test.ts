import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildCommand } from "../tools/buildCommand.mjs";
import { root } from "./sources.ts";
import { systemNode } from "./systemNode.ts";

const command = join(root, "packages/cli/bin/sipwhy.js");
const sample = join(root, "fixtures/captures/g-502-q850-38.pcap");

beforeAll(() => expect(buildCommand()).toBe(0));

test("the built command explains a capture under the system's Node", () => {
  const { stdout, stderr, status } = spawnSync(systemNode(), [command, sample], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("502");
  expect(stdout).toContain("10.9.0.30");
});

/** `npm start`, called from the folder of the captures. */
const start = join(root, "tools/start.mjs");
const env = { ...process.env, INIT_CWD: join(root, "fixtures/captures") };

test("npm start explains what is named on the command line, relative to where npm was called, and keeps the exit status", () => {
  const explain = (...args: string[]) => spawnSync(systemNode(), [start, ...args], { encoding: "utf8", env });
  const report = JSON.parse(explain("--format", "json", "i-486.pcap").stdout);
  expect(report.calls[0].outcome).toMatchObject({ statusCode: 486 });
  expect(explain("--fail-on", "any", "i-486.pcap").status).toBe(1);
  expect(explain("missing.pcap").status).toBe(2);
});

test("npm start without a file explains a sample and serves the site", async () => {
  // A process group of its own, as a terminal gives it: what ends it must end the server too.
  const child = spawn(systemNode(), [start], { env, detached: true, stdio: ["ignore", "pipe", "inherit"] });
  try {
    let said = "";
    let address: string | undefined;
    for await (const chunk of child.stdout) {
      said += String(chunk);
      address = /http:\/\/127\.0\.0\.1:\d+\//u.exec(said)?.[0];
      if (address !== undefined) break;
    }
    expect(said).toContain("502");
    expect(await (await fetch(`${address}en/`)).text()).toContain('<html lang="en"');
  } finally {
    process.kill(-child.pid!, "SIGTERM");
  }
});
