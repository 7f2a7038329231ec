import type { Random } from "./random.ts";

/** One door through which foreign bytes come in. */
export interface FuzzReader {
  readonly name: string;
  /** What a find is written as: `.pcap`. */
  readonly extension: string;
  /** CPU time that an input of `bytes` may take, far above what it does take. */
  allowedMillis(bytes: number): number;
  /** The next input; the same for the same numbers. */
  next(random: Random): Uint8Array;
  /** An input that reached what none had reached: more are made of it. */
  keep(input: Uint8Array): void;
  /** Reads the input and checks all that must hold for any; throws where it does not. */
  run(input: Uint8Array): void | Promise<void>;
}

/** Seeds that grow: `keep` adds to them. */
export class Seeds {
  readonly all: Uint8Array[];

  constructor(seeds: readonly Uint8Array[]) {
    this.all = [...seeds];
  }

  /** Those found by reaching something new as often as all others. */
  pick(random: Random, own: number): Uint8Array {
    const found = this.all.length - own;
    return found > 0 && random.isOneIn(2) ? this.all[own + random.below(found)] : random.pick(this.all);
  }
}
