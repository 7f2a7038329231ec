import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Measurement {
  readonly seconds: number;
  /** Largest resident set, or undefined where the system does not tell. */
  readonly peakBytes: number | undefined;
}

const SAMPLE_MILLISECONDS = 5;

/**
 * Runs a program to its end with its output thrown away.
 * Its peak memory is the kernel's own high-water mark, read every 5 ms while it runs (Linux only).
 */
export function measure(program: string, args: readonly string[]): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const startTime = performance.now();
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    let peakBytes: number | undefined;
    let errors = "";
    const sampling = setInterval(() => (peakBytes = readPeakBytes(child.pid) ?? peakBytes), SAMPLE_MILLISECONDS);
    child.stderr.on("data", (chunk) => (errors = `${errors}${chunk}`.slice(-1000)));
    child.on("error", reject);
    child.on("exit", (status) => {
      clearInterval(sampling);
      if (status !== 0) reject(new Error(`${program} ${args.join(" ")} ended with ${status}\n${errors}`));
      resolve({ seconds: (performance.now() - startTime) / 1000, peakBytes });
    });
  });
}

function readPeakBytes(pid: number | undefined): number | undefined {
  try {
    const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "latin1"));
    return match === null ? undefined : Number(match[1]) * 1024;
  } catch {
    return undefined;
  }
}
