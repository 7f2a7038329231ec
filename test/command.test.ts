import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCapture } from "../tools/bench/makeCapture.ts";
import { buildCommand } from "../tools/buildCommand.mjs";
import { root } from "./sources.ts";
import { systemNode } from "./systemNode.ts";

const command = join(root, "packages/cli/bin/sipwhy.js");
const sample = join(root, "fixtures/captures/g-502-q850-38.pcap");
const folder = mkdtempSync(join(tmpdir(), "sipwhy-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => expect(buildCommand()).toBe(0));

test("the built command explains a capture under the system's Node", () => {
  const { stdout, stderr, status } = spawnSync(systemNode(), [command, sample], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("502");
  expect(stdout).toContain("10.9.0.30");
});

const large = join(folder, "large.pcap");
beforeAll(() => void makeCapture({ path: large, sizeBytes: 7e6, seed: 1 }));

describe.each([
  ["the system's Node", systemNode()],
  ["this Node", process.execPath],
])("under %s, a capture that is large enough for two threads", (_, node) => {
  const run = (args: readonly string[], input?: Uint8Array) =>
    spawnSync(node, [command, ...args], { encoding: "utf8", input, maxBuffer: 64e6 });

  test("is told of as in one thread", () => {
    const { stdout, stderr, status } = run(["--format", "json", large]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const { captures: _captures, ...told } = JSON.parse(stdout);
    const { captures: _piped, ...expected } = JSON.parse(run(["--format", "json", "-"], readFileSync(large)).stdout);
    expect(told).toEqual(expected);
  });

  test("keeps no command waiting that does not read it", () => {
    const { stdout, status } = run(["--help", large]);
    expect(status).toBe(0);
    expect(stdout).toContain("--format");
  });
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
  const { said, page } = await pageServedBy([start], root);
  expect(said).toContain("502");
  expect(page).toContain('<html lang="en"');
});

/** Behind the test of `npm start`, which has built the site that goes into the package. */
test("the command that is packed and installed into an empty folder brings the site and serves it", async () => {
  const packages = ["@sipwhy/core", "sipwhy"].map((name) => packed(["--workspace", name], root));
  // From what is installed here: no registry is asked.
  const others = ["@stricli/core", "fzstd"].map((name) =>
    packed(["--ignore-scripts", join(root, "node_modules", name)], folder),
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  npm(["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", ...packages, ...others], folder);
  const { page } = await pageServedBy([join(folder, "node_modules/.bin/sipwhy"), "web"], folder);
  expect(page).toContain('<html lang="en"');
  const explained = spawnSync(systemNode(), [join(folder, "node_modules/.bin/sipwhy"), sample], { encoding: "utf8" });
  expect(explained.stdout).toContain("502");
});

function packed(what: readonly string[], cwd: string): string {
  const told = JSON.parse(npm(["pack", "--json", `--pack-destination=${folder}`, ...what], cwd));
  const [{ filename }] = Object.values<{ readonly filename: string }>(told);
  return join(folder, filename.replace("@", "").replace("/", "-"));
}

function npm(args: readonly string[], cwd: string): string {
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** What a program says until it names an address, and the start page that it serves there. */
async function pageServedBy(words: readonly string[], cwd: string): Promise<{ said: string; page: string }> {
  // A process group of its own, as a terminal gives it: what ends it must end the server too.
  const child = spawn(systemNode(), words, { cwd, env, detached: true, stdio: ["ignore", "pipe", "inherit"] });
  try {
    let said = "";
    let address: string | undefined;
    for await (const chunk of child.stdout) {
      said += String(chunk);
      address = /http:\/\/127\.0\.0\.1:\d+\//u.exec(said)?.[0];
      if (address !== undefined) break;
    }
    return { said, page: await (await fetch(`${address}en/`)).text() };
  } finally {
    process.kill(-child.pid!, "SIGTERM");
  }
}
