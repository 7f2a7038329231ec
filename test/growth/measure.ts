import { Session } from "node:inspector";

// Run as `node --no-opt --no-maglev test/growth/measure.ts`: then V8's counters of blocks are exact, the same on every machine. With
// `time` behind it, and without the flags, it prints CPU milliseconds of larger inputs instead, in which the work of the platform shows too.

/** What a case took, small and large. */
export interface Growth {
  readonly name: string;
  /** Blocks of the engine that ran, or milliseconds. */
  readonly taken: readonly [number, number];
  /** Limits that the large one reached. */
  readonly limits: readonly string[];
}

const GROWTH = 4;
const TIMED_FACTOR = 8;

const isTimed = process.argv[2] === "time";
const session = new Session();
if (!isTimed) {
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
}
// Only now, so that the counters are in it.
const { explained } = await import("./explained.ts");
const { growthCases } = await import("./cases.ts");

const wanted = process.argv[isTimed ? 3 : 2] ?? "";
explained(growthCases[0].make(10), undefined);
for (const { name, size, reads, make } of growthCases.filter((each) => each.name.includes(wanted))) {
  const first = isTimed ? size * TIMED_FACTOR : size;
  const taken = [first, first * GROWTH].map((length) => {
    const input = make(length);
    return isTimed ? timeOf(() => explained(input, reads)) : blocksOf(() => explained(input, reads));
  });
  const [small, large] = taken.map(([blocks]) => blocks);
  const growth: Growth = { name, taken: [small, large], limits: taken[1][1] };
  console.log(JSON.stringify(growth));
}

type Measured = readonly [taken: number, limits: readonly string[]];

function blocksOf(run: () => readonly string[]): Measured {
  takeBlocks();
  const limits = run();
  return [takeBlocks(), limits];
}

/** Since the last time. The session answers at once. */
function takeBlocks(): number {
  let sum = 0;
  session.post("Profiler.takePreciseCoverage", (_error, taken) => {
    for (const { url, functions } of taken?.result ?? []) {
      if (!url.includes("/packages/core/src/")) continue;
      for (const { ranges } of functions) for (const { count } of ranges) sum += count;
    }
  });
  return sum;
}

function timeOf(run: () => readonly string[]): Measured {
  let fastest = Number.POSITIVE_INFINITY;
  let limits: readonly string[] = [];
  for (let i = 0; i < 3; i++) {
    const before = process.threadCpuUsage();
    limits = run();
    const { user, system } = process.threadCpuUsage(before);
    fastest = Math.min(fastest, (user + system) / 1000);
  }
  return [fastest, limits];
}
