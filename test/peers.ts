import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "vitest";

/** Runs the program with these arguments and returns its standard output. */
export type Run = (args: readonly string[], input?: Uint8Array) => string;
type PeerTest = (title: string, body: (run: Run) => void | Promise<void>) => void;

/**
 * Tests that compare with a program which is not ours:
 * `const withTshark = peer("tshark"); withTshark("counts the same messages", (run) => run(["-r", file]))`.
 * Without the program a test is skipped and its name says what to install; where CI is set it fails.
 */
export function peer(program: string): PeerTest {
  const debianPackage = readPeers()[program];
  if (debianPackage === undefined) throw new Error(`${program} is not in test/peers.json`);
  if (isInstalled(program))
    return (title, body) => test(title, () => body((args, input) => runPeer(program, args, input)));
  const advice = `needs ${program}: apt-get install ${debianPackage}`;
  if (process.env.CI) return (title) => test(title, () => Promise.reject(new Error(advice)));
  return (title) => test.skip(`${title} (${advice})`);
}

function readPeers(): Record<string, string> {
  return JSON.parse(readFileSync(new URL("peers.json", import.meta.url), "utf8"));
}

function isInstalled(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function runPeer(program: string, args: readonly string[], input: Uint8Array | undefined): string {
  return execFileSync(program, args, {
    encoding: "utf8",
    input,
    maxBuffer: 1 << 30,
    stdio: ["pipe", "pipe", "ignore"],
  });
}
