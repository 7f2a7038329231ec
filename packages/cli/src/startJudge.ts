import { Worker } from "node:worker_threads";
import type { JudgePort } from "@sipwhy/core";

/** A thread of its own for judging calls, while the main one reads. */
export function startJudge(): JudgePort {
  // What it makes lives as long as one call: more room for it would only be more memory.
  const resourceLimits = { maxYoungGenerationSizeMb: 16 };
  const worker = new Worker(new URL("./judgeWorker.js", import.meta.url), { resourceLimits });
  return {
    post: (message, buffers) => worker.postMessage(message, [...buffers]),
    listen: ({ onMessage, onError }) => {
      worker.on("message", onMessage);
      worker.on("error", onError);
    },
    close: () => void worker.terminate(),
  };
}
