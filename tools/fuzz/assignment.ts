/** What a process that reads is given. */
export interface Assignment {
  /** Module that exports `readers`. */
  readonly readersUrl: string;
  readonly reader: string;
  readonly seed: number;
  readonly inputs: number;
  readonly seconds: number;
  /** Looks for inputs that reach what none before had; that makes it ten times as slow. */
  readonly watched: boolean;
  /** Found by watching. */
  readonly kept: readonly Uint8Array[];
  /** CPU time after which an input that is still being read hangs. */
  readonly hangSeconds: number;
  /** Where the input that is being read is written, so that it is known whatever becomes of the process: `shownInput.ts`. */
  readonly shownPath: string;
}

export interface Find {
  readonly kind: "find";
  /** What does not hold, and where; the same for the same fault. */
  readonly what: string;
  readonly bytes: Uint8Array;
}

export interface Totals {
  readonly kind: "end";
  readonly inputs: number;
  readonly bytes: number;
  readonly kept: readonly Uint8Array[];
  /** The input that took longest, in CPU time. */
  readonly slowestMillis: number;
  /** The largest heap after garbage collection. */
  readonly heapBytes: number;
}
