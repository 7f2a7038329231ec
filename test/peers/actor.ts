import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Network } from "./network.ts";

/** A program with its part in a situation. */
export interface Actor {
  readonly title: string;
  /** True when the situation lasts until it ends; the others are stopped then. */
  readonly leads: boolean;
  start(network: Network, folder: string): Promise<Running>;
}

export interface Running {
  /** Fulfilled with what went wrong, or nothing, when the program has ended. */
  readonly ended: Promise<string | undefined>;
}

/** One after the other, as one actor. */
export function inTurn(...actors: readonly Actor[]): Actor {
  return {
    title: actors.map(({ title }) => title).join(", then "),
    leads: true,
    start: (network, folder) => Promise.resolve({ ended: playInTurn(actors, network, folder) }),
  };
}

async function playInTurn(actors: readonly Actor[], network: Network, folder: string): Promise<string | undefined> {
  for (const actor of actors) {
    const failure = await (await actor.start(network, folder)).ended;
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Generous: a busy machine must not fail a test, only a program that never starts. */
const startSeconds = 60;

/** Waits until the program has bound the port in its own network namespace. */
export async function bound(child: ChildProcess, transport: "udp" | "tcp", port: number): Promise<void> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const files = [transport, `${transport}6`].map((table) => `/proc/${child.pid}/net/${table}`);
  await until(
    () => {
      if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(" ")} ended with ${child.exitCode}`);
      return files.some((file) => readIfThere(file).includes(`${suffix} `));
    },
    `${transport} port ${port} of ${child.spawnargs.join(" ")}`,
  );
}

/** @throws Error when it does not come true within a minute. */
export async function until(isTrue: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + startSeconds * 1000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`not within ${startSeconds} s: ${what}`);
    await sleep(20);
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}

/** Gathers what a program prints; its end is a failure when it is not the status that was asked for. */
export function watch(child: ChildProcess, title: string, status = 0): Running & { readonly output: () => string } {
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => void (text += String(chunk)));
  const ended = new Promise<string | undefined>((resolve) => {
    child.once("close", (code) => resolve(code === status ? undefined : `${title} ended with ${code}\n${text}`));
  });
  return { ended, output: () => text };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
