import { Seeds, type FuzzReader } from "./fuzzReader.ts";
import { mutated, type Mutation } from "./mutate.ts";

export interface MutatingReader extends Pick<FuzzReader, "name" | "extension" | "allowedMillis" | "run"> {
  readonly seeds: readonly Uint8Array[];
  readonly mutations: readonly Mutation[];
}

/** A reader whose inputs are its seeds, changed without regard for what they are. */
export function mutatingReader({ seeds, mutations, ...reader }: MutatingReader): FuzzReader {
  const own = new Seeds(seeds);
  return {
    ...reader,
    next: (random) => mutated(own.pick(random, seeds.length), random, own.all, mutations),
    keep: (input) => void own.all.push(input),
  };
}
