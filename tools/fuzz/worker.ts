import { parentPort, workerData } from "node:worker_threads";
import { type Assignment, type Find, LENGTH, READ, type Totals } from "./assignment.ts";
import { Coverage } from "./coverage.ts";
import { faultOf } from "./faultOf.ts";
import { minimised } from "./minimise.ts";
import { Random } from "./random.ts";
import type { FuzzReader } from "./fuzzReader.ts";

const {
  readersUrl,
  reader: name,
  seed,
  inputs,
  seconds,
  watched,
  kept,
  input: shown,
  state,
} = workerData as Assignment;
const { readers } = (await import(readersUrl)) as { readers: ReadonlyMap<string, () => FuzzReader> };
const reader = readers.get(name)!();
const random = new Random(seed);
const found: Uint8Array[] = [];
const faults: Set<string> = new Set();
const endMillis = performance.now() + seconds * 1000;
/** Inputs that are run before coverage is asked for, or the clock. */
const BATCH = 200;
const WARM_UP_BATCHES = 10;
/** Larger ones would be all that is mutated from then on. */
const LONGEST_KEPT = 16_384;
const HEAP_LIMIT_BYTES: number = 600 * 1024 * 1024;
let count = 0;
let bytes = 0;
let slowestMillis = 0;
let heapBytes = 0;
/** Batches until the heap is looked at. */
let untilCollected = 0;

for (const input of kept) reader.keep(input);
if (watched) await watch();
else while (!isOver()) await readAll(batch());
parentPort!.postMessage({ kind: "end", inputs: count, bytes, kept: found, slowestMillis, heapBytes } satisfies Totals);

async function watch(): Promise<void> {
  const coverage = new Coverage();
  // What any changed seed reaches is nothing new.
  for (let left = WARM_UP_BATCHES; left > 0 && !isOver(); left--) await readAll(batch());
  coverage.start();
  while (!isOver()) {
    for (const input of await coverage.newAmong(batch(), readAll)) {
      if (input.length > LONGEST_KEPT) continue;
      found.push(input);
      reader.keep(input);
    }
  }
  coverage.stop();
}

function isOver(): boolean {
  return count >= inputs || performance.now() > endMillis;
}

function batch(): Uint8Array[] {
  return Array.from({ length: Math.min(BATCH, inputs - count) }, () => reader.next(random));
}

async function readAll(batched: readonly Uint8Array[]): Promise<void> {
  for (const input of batched) await read(input);
  watchHeap();
}

async function read(input: Uint8Array): Promise<void> {
  shown.set(input);
  Atomics.store(state, LENGTH, input.length);
  Atomics.store(state, READ, ++count);
  bytes += input.length;
  const startMillis = performance.now();
  const fault = await faultOf(reader, input);
  const millis = performance.now() - startMillis;
  if (fault !== undefined) await tell(fault, input);
  // A machine that is busy makes everything slow; only what is slow each time is.
  else if (millis > slowestMillis) slowestMillis = Math.max(slowestMillis, await cpuMillisOf(input));
}

async function cpuMillisOf(input: Uint8Array): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const before = process.threadCpuUsage();
    await faultOf(reader, input);
    const { user, system } = process.threadCpuUsage(before);
    fastest = Math.min(fastest, (user + system) / 1000);
  }
  if (fastest > reader.allowedMillis(input.length)) await tell(`slow: more than is allowed for its length`, input);
  return fastest;
}

/** Each fault once, with the smallest input that shows it. */
async function tell(what: string, input: Uint8Array): Promise<void> {
  if (faults.has(what)) return;
  faults.add(what);
  const smallest = what.startsWith("slow")
    ? input
    : await minimised(input, async (part) => (await faultOf(reader, part)) === what);
  parentPort!.postMessage({ kind: "find", what, bytes: smallest } satisfies Find);
}

function watchHeap(): void {
  if (--untilCollected > 0) return;
  untilCollected = 50;
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  if (heapUsed + arrayBuffers < HEAP_LIMIT_BYTES / 2) return;
  globalThis.gc?.();
  const collected = process.memoryUsage();
  heapBytes = Math.max(heapBytes, collected.heapUsed + collected.arrayBuffers);
  if (heapBytes < HEAP_LIMIT_BYTES || faults.has("heap")) return;
  faults.add("heap");
  const what = `heap: ${heapBytes >> 20} MiB are kept after ${count} inputs`;
  parentPort!.postMessage({ kind: "find", what, bytes: shown.slice(0, state[LENGTH]) } satisfies Find);
}
