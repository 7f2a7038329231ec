import { type MessagePort, parentPort } from "node:worker_threads";
import { serveJudge } from "@sipwhy/core/judge";
import { nodeDigest } from "./nodeDigest.ts";

// The thread that `startJudge` starts.
const port = parentPort as MessagePort;
port.on(
  "message",
  serveJudge((message, buffers) => port.postMessage(message, [...buffers]), nodeDigest),
);
