import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BOUND, ownParsers } from "./parsers.ts";
import type { RunResult } from "./parserUnderTest.ts";
import { type PeerLibrary, peerLibraries } from "./peerLibraries.ts";
import { type PeerPackage, peerPackages } from "./peerPackages.ts";

/** One parser as a program that is run again and again. */
export interface ParserProgram {
  readonly name: string;
  readonly version: string;
  readonly does: string;
  /** `times` are how long to warm up and how long to measure, in milliseconds. */
  command(messages: string, times: readonly string[]): readonly string[];
}

const here = fileURLToPath(new URL(".", import.meta.url));
const timeParser = join(here, "timeParser.ts");

/** Ours, and those peers that can be had; the others are told of on standard error. */
export function parserPrograms(folder: string, ownVersion: string): readonly ParserProgram[] {
  const own = ownParsers.map(({ name, does }) => inNode(name, name === BOUND ? "" : ownVersion, does, folder));
  const packages = peerPackages.flatMap((peer) => installPackage(peer, folder));
  return [...own, ...peerLibraries.flatMap((peer) => compileLibrary(peer, folder)), ...packages];
}

/** The result of one run, on one core where the system can hold it there. */
export function runProgram(program: ParserProgram, messages: string, times: readonly string[]): RunResult {
  const [first, ...args] = [...pinning(), ...program.command(messages, times)];
  const { status, stdout, stderr } = spawnSync(first, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program.name} ended with ${status}\n${stderr.slice(-1000)}`);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as RunResult;
}

let pinned: readonly string[] | undefined;

/** The last core this process may use: the first one often serves interrupts. */
function pinning(): readonly string[] {
  if (pinned !== undefined) return pinned;
  const { stdout } = spawnSync("taskset", ["-cp", String(process.pid)], { encoding: "utf8" });
  const core = /(\d+)\s*$/.exec(stdout ?? "")?.[1];
  if (core === undefined)
    console.error("taskset: not here, programs may move between cores (apt-get install util-linux)");
  pinned = core === undefined ? [] : ["taskset", "-c", core];
  return pinned;
}

function inNode(name: string, version: string, does: string, folder: string): ParserProgram {
  return {
    name,
    version,
    does,
    command: (messages, times) => [process.execPath, timeParser, name, messages, ...times, join(folder, name)],
  };
}

function installPackage({ name, version, does }: PeerPackage, folder: string): readonly ParserProgram[] {
  const prefix = join(folder, name);
  mkdirSync(prefix);
  writeFileSync(join(prefix, "package.json"), "{}");
  const args = ["install", "--prefix", prefix, "--ignore-scripts", "--no-audit", "--no-fund", `${name}@${version}`];
  const { status } = spawnSync("npm", args, { cwd: prefix, stdio: "ignore", shell: process.platform === "win32" });
  if (status === 0) return [inNode(name, version, does, folder)];
  console.error(`${name} ${version}: cannot be had from the npm registry, left out`);
  return [];
}

function compileLibrary(peer: PeerLibrary, folder: string): readonly ParserProgram[] {
  const { name, source, pkgConfig, debianPackage, does } = peer;
  const flags = ask("pkg-config", ["--cflags", "--libs", pkgConfig]);
  if (flags === undefined) {
    console.error(`${name}: not here, left out (apt-get install gcc pkg-config ${debianPackage})`);
    return [];
  }
  const program = join(folder, source.replace(".c", ""));
  const sources = ["loop.c", source].map((file) => join(here, file));
  const { status, stderr } = spawnSync("cc", ["-O2", "-o", program, ...sources, ...flags.split(/\s+/)], {
    encoding: "utf8",
  });
  if (status !== 0) {
    console.error(`${name}: cannot be compiled, left out (apt-get install gcc)\n${stderr ?? ""}`);
    return [];
  }
  const version = ask("pkg-config", ["--modversion", pkgConfig]) ?? "";
  return [{ name, version, does, command: (messages, times) => [program, messages, ...times] }];
}

function ask(program: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
