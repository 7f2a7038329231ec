import { Worker } from "node:worker_threads";
import { type Assignment, type Find, LENGTH, READ, type Totals } from "./assignment.ts";
import { LONGEST_INPUT } from "./mutate.ts";

export interface CampaignOptions {
  readonly reader: string;
  readonly inputs: number;
  readonly seconds: number;
  readonly seed: number;
  /** CPU time after which an input that is still being read hangs. */
  readonly hangSeconds?: number;
  readonly heapMib?: number;
  /** Module that exports `readers`. */
  readonly readersUrl?: string;
  onFind(find: Find): void;
}

export interface CampaignResult {
  readonly inputs: number;
  readonly bytes: number;
  readonly kept: number;
  readonly slowestMillis: number;
  readonly heapBytes: number;
}

/** A part of the time and of the inputs goes to inputs that are watched for what they reach. */
const WATCHED_PART = 0.15;
const HANG_SECONDS = 30;
const READERS_URL: string = new URL("readers.ts", import.meta.url).href;
const POLL_MILLIS = 1000;
const HEAP_MIB = 1536;

/** Reads inputs for as long as was asked for, in workers that may hang or run out of memory: a find then, and another goes on. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { reader, inputs, seconds, seed, readersUrl = READERS_URL } = options;
  const total = { inputs: 0, bytes: 0, kept: 0, slowestMillis: 0, heapBytes: 0 };
  const endMillis = performance.now() + seconds * 1000;
  const kept: Uint8Array[] = [];
  const told = new Set<string>();
  const onFind = (find: Find): void => {
    if (!told.has(find.what)) options.onFind(find);
    told.add(find.what);
  };
  for (let round = 0; total.inputs < inputs && performance.now() < endMillis; round++) {
    const watched = round === 0;
    const secondsLeft = (endMillis - performance.now()) / 1000;
    const found = await runWorker(
      {
        readersUrl,
        reader,
        seed: seed * 1000 + round,
        inputs: Math.ceil((inputs - total.inputs) * (watched ? WATCHED_PART : 1)),
        seconds: secondsLeft * (watched ? WATCHED_PART : 1),
        watched,
        kept,
      },
      { ...options, onFind },
    );
    kept.push(...found.kept);
    total.inputs += found.inputs;
    total.bytes += found.bytes;
    total.kept += found.kept.length;
    total.slowestMillis = Math.max(total.slowestMillis, found.slowestMillis);
    total.heapBytes = Math.max(total.heapBytes, found.heapBytes);
  }
  return total;
}

async function runWorker(
  work: Omit<Assignment, "input" | "state">,
  { hangSeconds = HANG_SECONDS, heapMib = HEAP_MIB, onFind }: CampaignOptions,
): Promise<Totals> {
  const input = new Uint8Array(new SharedArrayBuffer(LONGEST_INPUT));
  const state = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL("worker.ts", import.meta.url), {
    workerData: { ...work, input, state } satisfies Assignment,
    resourceLimits: { maxOldGenerationSizeMb: heapMib },
  });
  let watch: NodeJS.Timeout | undefined;
  const ended = new Promise<Totals>((resolve, reject) => {
    /** What is known of a worker that cannot say itself. */
    const lost = (what: string): void => {
      onFind({ kind: "find", what, bytes: input.slice(0, state[LENGTH]) });
      resolve({ kind: "end", inputs: state[READ], bytes: 0, kept: [], slowestMillis: 0, heapBytes: 0 });
    };
    const isStuck = stuckDetector(state, hangSeconds);
    watch = setInterval(() => {
      if (isStuck()) lost(`hang: still reading after ${hangSeconds} s of CPU time`);
    }, POLL_MILLIS);
    worker.on("message", (message: Find | Totals) => (message.kind === "find" ? onFind(message) : resolve(message)));
    worker.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ERR_WORKER_OUT_OF_MEMORY" ? lost("memory: the heap is full") : reject(error),
    );
    worker.on("exit", () => reject(new Error("the worker has ended early")));
  });
  try {
    return await ended;
  } finally {
    clearInterval(watch);
    worker.removeAllListeners();
    worker.on("error", () => {});
    await worker.terminate();
  }
}

/** True when the same input has been read for too long, by CPU time of the process: the machine may be busy with others. */
function stuckDetector(state: Int32Array, hangSeconds: number): () => boolean {
  let read = -1;
  let since = process.cpuUsage();
  return () => {
    const now = Atomics.load(state, READ);
    if (now !== read) {
      read = now;
      since = process.cpuUsage();
      return false;
    }
    const { user, system } = process.cpuUsage(since);
    return user + system > hangSeconds * 1e6;
  };
}
