import { once } from "node:events";
import type { Assignment, Find, Totals } from "./assignment.ts";
import { Coverage } from "./coverage.ts";
import { faultOf } from "./faultOf.ts";
import { watchForHang } from "./hangWatch.ts";
import { minimised } from "./minimise.ts";
import { Random } from "./random.ts";
import { ShownInput } from "./shownInput.ts";
import type { FuzzReader } from "./fuzzReader.ts";

const [assignment] = (await once(process, "message")) as [Assignment];
const { readersUrl, reader: name, seed, inputs, seconds, watched, kept, hangSeconds, shownPath } = assignment;
const { readers } = (await import(readersUrl)) as { readers: ReadonlyMap<string, () => FuzzReader> };
const reader = readers.get(name)!();
const random = new Random(seed);
const shown = new ShownInput(shownPath);
const count = new Int32Array(new SharedArrayBuffer(4));
const found: Uint8Array[] = [];
const faults: Set<string> = new Set();
const endMillis = performance.now() + seconds * 1000;
/** Inputs that are run before coverage is asked for, or the clock. */
const BATCH = 200;
const WARM_UP_BATCHES = 10;
/** Larger ones would be all that is mutated from then on. */
const LONGEST_KEPT = 16_384;
const HEAP_LIMIT_BYTES: number = 600 * 1024 * 1024;
let bytes = 0;
let reading: Uint8Array = new Uint8Array();
let slowestMillis = 0;
let heapBytes = 0;
/** Batches until the heap is looked at. */
let untilCollected = 0;

watchForHang({ count, hangSeconds });
for (const input of kept) reader.keep(input);
if (watched) await watch();
else while (!isOver()) await readAll(batch());
process.send!({ kind: "end", inputs: count[0], bytes, kept: found, slowestMillis, heapBytes } satisfies Totals, () =>
  process.exit(),
);

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
  return count[0] >= inputs || performance.now() > endMillis;
}

function batch(): Uint8Array[] {
  return Array.from({ length: Math.min(BATCH, inputs - count[0]) }, () => reader.next(random));
}

async function readAll(batched: readonly Uint8Array[]): Promise<void> {
  for (const input of batched) await read(input);
  watchHeap();
}

async function read(input: Uint8Array): Promise<void> {
  reading = input;
  shown.show(Atomics.add(count, 0, 1) + 1, input);
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
  process.send!({ kind: "find", what, bytes: smallest } satisfies Find);
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
  const what = `heap: ${heapBytes >> 20} MiB are kept after ${count[0]} inputs`;
  process.send!({ kind: "find", what, bytes: reading } satisfies Find);
}
