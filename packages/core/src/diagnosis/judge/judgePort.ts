import type { EncodedRecords } from "../records/recordEncoder.ts";
import type { JudgeOptions, JudgeSummary } from "./callJudge.ts";

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
  readonly options: Omit<JudgeOptions, "digest">;
}

/** What a batch lies in. The judge gives it back, to be used again. */
export interface BatchBuffers {
  /** The messages. */
  readonly bytes: ArrayBuffer;
  /** The items in order, all as numbers; `BatchWriter` says which. */
  readonly numbers: ArrayBuffer;
  /** The indices of the messages that have one, one after the other, as 32-bit numbers. */
  readonly indices: ArrayBuffer;
}

/** Messages, and what is to be done with them. */
export interface JudgeBatch {
  readonly kind: "batch";
  readonly buffers: BatchBuffers;
  /** How many of the numbers are filled. */
  readonly count: number;
  readonly endpoints: readonly BatchEndpoint[];
  /** What is rarely there, by the numbers that refer to it: plain data, endpoints replaced by their index. */
  readonly extras: readonly unknown[];
}

/** Address, port, and whether it was inferred. */
export type BatchEndpoint = readonly [string, number, boolean];

export type FromJudge = JudgedBatch | JudgeFinished;

/** One answer to each batch. */
export interface JudgedBatch {
  readonly kind: "judged";
  readonly records: EncodedRecords;
  readonly buffers: BatchBuffers;
}

export interface JudgeFinished {
  readonly kind: "finished";
  readonly summary: JudgeSummary;
}

/** The items of a batch; the numbers that follow each are said beside it. */
export const ITEM = {
  /** order, observedUntilMicros, legs, links, limits, other attempts; of each leg: how many packets, packets; of each link: extra, packet, packet; of each limit and other attempt: extra */
  call: 0,
  /** extra */
  event: 1,
  /** packet */
  registration: 2,
  /** extra, packet */
  quietRequest: 3,
} as const;

/** In a packet's number of flags. */
export const CUT = 1;
/** One more number follows: an extra with the capture agent. */
export const FROM_AGENT = 2;
/** The next of the indices is this message's. */
export const HAS_INDEX = 4;
export const UNTIMED = 8;
