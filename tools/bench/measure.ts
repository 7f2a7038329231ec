import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Measurement {
  readonly seconds: number;
  /** Of all its threads, to a hundredth; or undefined where the system does not tell. */
  readonly processorSeconds: number | undefined;
  /** Largest resident set, or undefined where the system does not tell. */
  readonly peakBytes: number | undefined;
}

/** Looking takes from a program that uses all processors: of one that takes longer than a second it is done less often. */
const OFTEN_MILLISECONDS = 5;
const SELDOM_MILLISECONDS = 50;

/**
 * Runs a program to its end with its output thrown away.
 * Its peak memory is the kernel's own high-water mark, its processor time what the kernel counts, read while it runs (Linux only): every 5 ms in
 * the first second, then every 50 ms.
 */
export function measure(program: string, args: readonly string[]): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const startTime = performance.now();
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    let peakBytes: number | undefined;
    let errors = "";
    let processorSeconds: number | undefined;
    const sample = (): void => {
      peakBytes = readPeakBytes(child.pid) ?? peakBytes;
      processorSeconds = readProcessorSeconds(child.pid) ?? processorSeconds;
      const isYoung = performance.now() - startTime < 1000;
      sampling = setTimeout(sample, isYoung ? OFTEN_MILLISECONDS : SELDOM_MILLISECONDS);
    };
    let sampling = setTimeout(sample, OFTEN_MILLISECONDS);
    child.stderr.on("data", (chunk) => (errors = `${errors}${chunk}`.slice(-1000)));
    child.on("error", reject);
    child.on("exit", (status) => {
      clearTimeout(sampling);
      if (status !== 0) reject(new Error(`${program} ${args.join(" ")} ended with ${status}\n${errors}`));
      resolve({ seconds: (performance.now() - startTime) / 1000, processorSeconds, peakBytes });
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

function readProcessorSeconds(pid: number | undefined): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // Behind the name in parentheses: user and system time are the 14th and 15th of all, in hundredths. proc(5)
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}
