import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { JudgePort } from "@sipwhy/core";

/**
 * What reading makes is soon not needed: more room for it would only be more memory. Set when reading begins: by then loading the modules has made
 * the first megabyte four, with which it is collected a quarter as often.
 */
const NO_GROWTH_FLAG = "--semi-space-growth-factor=1";
/**
 * What judging makes is not needed after its batch: V8 starts with a megabyte for it and would collect every few hundred messages, at a price that
 * does not depend on how much there is. More threads would collect it no sooner: the processors are busy with these two.
 */
const MEMORY_FLAGS = ["--min-semi-space-size=8", "--no-parallel-scavenge"];
/**
 * V8 compiles the code of both threads beside them, on the same processors: a third of the time that 100 MB took went into that. What is
 * called this often is worth the second compiler, and one thread for each compiler leaves the most to reading. Node 20 does not know the flags.
 */
const COMPILER_FLAGS =
  Number.parseInt(process.versions.node, 10) < 22
    ? []
    : [
        "--invocation-count-for-turbofan=30000",
        "--concurrent-turbofan-max-threads=1",
        "--concurrent-maglev-max-threads=1",
      ];
/** V8 counts three semi-spaces as young. */
const YOUNG_MB = 32;

/** The command is built to JavaScript, and tests run it from its source. */
const ownExtension = import.meta.url.slice(import.meta.url.lastIndexOf("."));

let early: Worker | undefined;

/** Starts the thread before anybody knows whether it is wanted: that takes as long as loading all else. It keeps nobody from ending. */
export function startJudgeEarly(): void {
  early = newWorker();
  early.unref();
}

/** A thread of its own for judging calls, while the main one reads. */
export function startJudge(): JudgePort {
  const worker = early ?? newWorker();
  early = undefined;
  worker.ref();
  setFlagsFromString(NO_GROWTH_FLAG);
  return {
    post: (message, buffers) => worker.postMessage(message, [...buffers]),
    listen: ({ onMessage, onError }) => {
      worker.on("message", onMessage);
      worker.on("error", onError);
    },
    close: () => void worker.terminate(),
  };
}

function newWorker(): Worker {
  for (const flag of [...MEMORY_FLAGS, ...COMPILER_FLAGS]) setFlagsFromString(flag);
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
  return new Worker(new URL(`./judgeWorker${ownExtension}`, import.meta.url), { resourceLimits });
}
