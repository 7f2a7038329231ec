import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Assignment, Find, Totals } from "./assignment.ts";
import { HANG_SIGNAL } from "./hangWatch.ts";
import { shownInput } from "./shownInput.ts";

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
const HEAP_MIB = 1536;
/** What V8 says before it aborts. */
const HEAP_IS_FULL = "heap out of memory";

/** Reads inputs for as long as was asked for, in processes that may hang or run out of memory: a find then, and another goes on. */
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
    const found = await runReader(
      {
        readersUrl,
        reader,
        seed: seed * 1000 + round,
        inputs: Math.ceil((inputs - total.inputs) * (watched ? WATCHED_PART : 1)),
        seconds: secondsLeft * (watched ? WATCHED_PART : 1),
        watched,
        kept,
        hangSeconds: options.hangSeconds ?? HANG_SECONDS,
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

/** In a process of its own: one whose heap is full aborts, and takes along whatever runs in it. */
async function runReader(
  work: Omit<Assignment, "shownPath">,
  { heapMib = HEAP_MIB, onFind }: CampaignOptions,
): Promise<Totals> {
  const folder = mkdtempSync(join(tmpdir(), "sipwhy-fuzz-"));
  const shownPath = join(folder, "input");
  const reader = fork(new URL("readInputs.ts", import.meta.url), {
    execArgv: [...process.execArgv, `--max-old-space-size=${heapMib}`],
    serialization: "advanced",
    stdio: ["ignore", "inherit", "pipe", "ipc"],
  });
  let totals: Totals | undefined;
  let told = "";
  reader.stderr!.setEncoding("utf8").on("data", (text: string) => (told += text));
  reader.on("message", (message: Find | Totals) => {
    if (message.kind === "find") onFind(message);
    else totals = message;
  });
  try {
    reader.send({ ...work, shownPath } satisfies Assignment);
    const [status, signal] = (await once(reader, "close")) as [number | null, NodeJS.Signals | null];
    if (totals !== undefined) return totals;
    const what = lossOf(signal, told, work.hangSeconds);
    if (what === undefined) throw new Error(`the reader ended with ${signal ?? status}\n${told}`);
    const { read, bytes } = shownInput(shownPath);
    onFind({ kind: "find", what, bytes });
    return { kind: "end", inputs: read, bytes: 0, kept: [], slowestMillis: 0, heapBytes: 0 };
  } finally {
    reader.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
}

/** What is known of a process that cannot say itself. */
function lossOf(signal: NodeJS.Signals | null, told: string, hangSeconds: number): string | undefined {
  if (signal === HANG_SIGNAL) return `hang: still reading after ${hangSeconds} s of CPU time`;
  return signal === "SIGABRT" && told.includes(HEAP_IS_FULL) ? "memory: the heap is full" : undefined;
}
