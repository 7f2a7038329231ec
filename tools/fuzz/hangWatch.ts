import { isMainThread, Worker, workerData } from "node:worker_threads";

/** Ends a process that reads the same input for too long. */
export const HANG_SIGNAL = "SIGXCPU";

const POLL_MILLIS = 1000;

interface Watched {
  /** How many inputs were read so far. */
  readonly count: Int32Array<SharedArrayBuffer>;
  readonly hangSeconds: number;
}

/** Looks at `count` from a second thread, as the first one cannot when it hangs. By CPU time of the process: the machine may be busy with others. */
export function watchForHang(watched: Watched): void {
  new Worker(new URL(import.meta.url), { workerData: watched }).unref();
}

if (!isMainThread) watch(workerData as Watched);

function watch({ count, hangSeconds }: Watched): void {
  let read = -1;
  let since = process.cpuUsage();
  setInterval(() => {
    const now = Atomics.load(count, 0);
    const { user, system } = process.cpuUsage(since);
    if (now !== read) {
      read = now;
      since = process.cpuUsage();
    } else if (user + system > hangSeconds * 1e6) process.kill(process.pid, HANG_SIGNAL);
  }, POLL_MILLIS);
}
