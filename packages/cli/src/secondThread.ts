import { statSync } from "node:fs";

/** Smaller captures are read before a second thread has started. */
const WORTH_A_THREAD_BYTES = 6_000_000;

export function isWorthAThread(captureBytes: number): boolean {
  return captureBytes > WORTH_A_THREAD_BYTES;
}

/** Bytes of the arguments that are names of files, whatever else they may mean. */
export function bytesOfFiles(args: readonly string[]): number {
  return args.reduce((sum, arg) => sum + bytesOfFile(arg), 0);
}

function bytesOfFile(name: string): number {
  try {
    return statSync(name, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}
