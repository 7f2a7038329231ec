import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Measurement {
  readonly seconds: number;
  /** Of all its threads, to a hundredth; or undefined where the system does not tell. */
  readonly processorSeconds: number | undefined;
  /** Largest resident set, or undefined where the system does not tell. */
  readonly peakBytes: number | undefined;
}

/** Of a program that takes longer than a second it is looked at less often. */
const OFTEN_MILLISECONDS = 5;
const SELDOM_MILLISECONDS = 50;

/**
 * Seconds that a program takes from start to exit, with its output thrown away. Who is told of its start and looks at it meanwhile takes from one
 * that uses all processors.
 */
export function time(
  program: string,
  args: readonly string[],
  onStart?: (pid: number | undefined) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const startTime = performance.now();
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    child.stderr.on("data", (chunk) => (errors = `${errors}${chunk}`.slice(-1000)));
    child.on("error", reject);
    child.on("exit", (status) => {
      if (status !== 0) reject(new Error(`${program} ${args.join(" ")} ended with ${status}\n${errors}`));
      resolve((performance.now() - startTime) / 1000);
    });
    onStart?.(child.pid);
  });
}

/**
 * Times a program and looks at it meanwhile.
 * Its peak memory is the kernel's own high-water mark, its processor time what the kernel counts, read while it runs (Linux only): every 5 ms in
 * the first second, then every 50 ms.
 */
export async function measure(program: string, args: readonly string[]): Promise<Measurement> {
  let peakBytes: number | undefined;
  let processorSeconds: number | undefined;
  let sampling: NodeJS.Timeout | undefined;
  const startTime = performance.now();
  const seconds = await time(program, args, (pid) => {
    const sample = (): void => {
      peakBytes = readPeakBytes(pid) ?? peakBytes;
      processorSeconds = readProcessorSeconds(pid) ?? processorSeconds;
      const isYoung = performance.now() - startTime < 1000;
      sampling = setTimeout(sample, isYoung ? OFTEN_MILLISECONDS : SELDOM_MILLISECONDS);
    };
    sample();
  }).finally(() => clearTimeout(sampling));
  return { seconds, processorSeconds, peakBytes };
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
