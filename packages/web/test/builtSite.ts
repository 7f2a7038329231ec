import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { newestSource } from "../../../tools/site.mjs";
import { root } from "../../../test/sources.ts";

const web = join(root, "packages", "web");
const out = join(web, "dist", "test");
const lock = join(root, "node_modules", ".cache", "web-test.lock");
const stamp = join(out, "built");

/** Where the site of the tests will stand. */
export const testAddress = "https://sip.example.test";

/**
 * The folder with `site`, `server` and `client`: every kind of page in three languages. Built once for all tests, and again when what it is made of
 * has changed; several test files may ask at the same time.
 */
export async function builtSite(): Promise<string> {
  const release = await takeLock();
  try {
    if (!isCurrent()) build();
    return out;
  } finally {
    release();
  }
}

async function takeLock(): Promise<() => void> {
  mkdirSync(join(root, "node_modules", ".cache"), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      return () => rmSync(lock, { recursive: true, force: true });
    } catch {
      // Left by a test run that was ended: no build takes that long.
      const held = statSync(lock, { throwIfNoEntry: false });
      if (held !== undefined && Date.now() - held.mtimeMs > 600_000) rmSync(lock, { recursive: true, force: true });
      await wait(500);
    }
  }
}

function isCurrent(): boolean {
  return (statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0) > newestSource();
}

function build(): void {
  const args = [join(root, "node_modules", "vite", "bin", "vite.js"), "build", "--logLevel=error"];
  // What tests set for themselves would make the build one for tests.
  const { VITEST: _vitest, NODE_ENV: _mode, ...own } = process.env;
  const env = { ...own, SIPWHY_PAGES: "sample", SIPWHY_OUT: out, SIPWHY_ORIGIN: testAddress };
  const built = spawnSync(process.execPath, args, { cwd: web, env, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`The site could not be built.\n${built.stdout}\n${built.stderr}`);
  writeFileSync(stamp, "");
}

/** The HTML of a page of the static site: `en/codes/486`. */
export function pageText(folder: string, path: string): string {
  return readFileSync(join(folder, "site", path, "index.html"), "utf8");
}
