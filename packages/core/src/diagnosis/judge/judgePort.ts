import type { SlabParts } from "../../call/packetSlab.ts";
import type { EncodedRecords } from "../records/recordEncoder.ts";
import type { JudgeSettings, JudgeSummary } from "./callJudge.ts";

/** A thread that judges, as the platform gives it: a worker of `node:worker_threads`, or a Web Worker. `serveJudge` runs in it. */
export interface JudgePort {
  /** The buffers are handed over. */
  post(message: ToJudge, buffers: readonly ArrayBuffer[]): void;
  /** Called once, before the first `post`. */
  listen(listeners: { onMessage(message: FromJudge): void; onError(error: unknown): void }): void;
  /** Nothing is posted after this. */
  close(): void;
}

export type ToJudge = JudgeStart | JudgeBatch | { readonly kind: "finish" };

/** `digest` is a function: the thread has its own. */
export interface JudgeStart {
  readonly kind: "start";
  readonly options: Omit<JudgeSettings, "digest">;
}

/** Messages, and what is to be done with them. */
export interface JudgeBatch {
  readonly kind: "batch";
  /** The packets in the order in which the items name them. The judge gives the buffers back, to be used again. */
  readonly slabs: readonly SlabParts[];
  /** The items in order. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** How many of the numbers are filled. */
  readonly count: number;
  /** What is rarely there, by the numbers that refer to it: plain data. */
  readonly extras: readonly unknown[];
}

export type FromJudge = JudgedBatch | JudgeFinished;

/** One answer to each batch. */
export interface JudgedBatch {
  readonly kind: "judged";
  readonly records: EncodedRecords;
  readonly buffers: readonly ArrayBuffer[];
}

export interface JudgeFinished {
  readonly kind: "finished";
  readonly summary: JudgeSummary;
}

/** The items of a batch; what follows each is said beside it: numbers, and packets, which are the next ones of the slabs. */
export const ITEM = {
  /** order, observedUntilMicros, clockMarginMicros, legs, links, limits, other attempts, answers meanwhile, clocks; of each leg: how many packets there are; of each link: extra, two packets; of each limit and other attempt: extra; of each answer: packet */
  call: 0,
  /** extra */
  event: 1,
  /** packet */
  registration: 2,
  /** extra, packet */
  quietRequest: 3,
} as const;
