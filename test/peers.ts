import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "vitest";

/** Runs the program with these arguments and returns its standard output. */
export type Run = (args: readonly string[]) => string;
type PeerTest = (title: string, body: (run: Run) => void | Promise<void>) => void;

/**
 * Tests that compare with a program which is not ours:
 * `const withTshark = peer("tshark"); withTshark("counts the same messages", (run) => run(["-r", file]))`.
 * Without the program a test is skipped and its name says what to install; where CI is set it fails.
 */
export function peer(program: string): PeerTest {
  const advice = missingPeers([program]);
  if (advice === undefined) return (title, body) => test(title, () => body((args) => runPeer(program, args)));
  if (process.env.CI) return (title) => test(title, () => Promise.reject(new Error(advice)));
  return (title) => test.skip(`${title} (${advice})`);
}

/** What to install for these programs (or files, with wildcards); undefined where all are there. */
export function missingPeers(programs: readonly string[]): string | undefined {
  const packages = readPeers();
  const missing = programs.filter((program) => !isInstalled(program));
  for (const program of programs)
    if (packages[program] === undefined) throw new Error(`${program} is not in test/peers.json`);
  if (missing.length === 0) return undefined;
  return `needs ${missing.join(", ")}: apt-get install ${missing.map((program) => packages[program]).join(" ")}`;
}

function readPeers(): Record<string, string> {
  return JSON.parse(readFileSync(new URL("peers.json", import.meta.url), "utf8"));
}

function isInstalled(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program} || ls ${program}`]).status === 0;
}

// tshark ends with 2 for a file that is cut, after printing what it could read: without output it has failed.
function runPeer(program: string, args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 30 });
  if (status !== 0 && !stdout) throw new Error(`${program} ${args.join(" ")} ended with ${status}\n${stderr}`);
  return stdout;
}
