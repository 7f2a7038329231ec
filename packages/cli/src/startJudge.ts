import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { JudgePort } from "@sipwhy/core";

/** Large captures are read for long, and what reading makes is soon not needed: more room for it would only be more memory. */
const DO_NOT_GROW = "--semi-space-growth-factor=1";

/** The command is built to JavaScript, and tests run it from its source. */
const ownExtension = import.meta.url.slice(import.meta.url.lastIndexOf("."));

/** A thread of its own for judging calls, while the main one reads. */
export function startJudge(): JudgePort {
  setFlagsFromString(DO_NOT_GROW);
  const resourceLimits = { maxYoungGenerationSizeMb: 16 };
  const worker = new Worker(new URL(`./judgeWorker${ownExtension}`, import.meta.url), { resourceLimits });
  return {
    post: (message, buffers) => worker.postMessage(message, [...buffers]),
    listen: ({ onMessage, onError }) => {
      worker.on("message", onMessage);
      worker.on("error", onError);
    },
    close: () => void worker.terminate(),
  };
}
