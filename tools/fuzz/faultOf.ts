import { Broken } from "./ensure.ts";
import type { FuzzReader } from "./fuzzReader.ts";

/** What is wrong with the way the reader takes this input, and where in the code; undefined if nothing is. */
export async function faultOf(reader: Pick<FuzzReader, "run">, input: Uint8Array): Promise<string | undefined> {
  try {
    const running = reader.run(input);
    if (running !== undefined) await running;
    return undefined;
  } catch (error) {
    return describe(error);
  }
}

/** Without what differs from input to input: numbers, and what is quoted. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return `throws ${String(error)}`;
  const message = error.message.replaceAll(/["'`][^]*|\d+/g, "…").slice(0, 160);
  if (error instanceof Broken) return message;
  const first = (error.stack ?? "").split("\n").find((line) => /^\s+at /.test(line)) ?? "";
  const place = /([\w-]+\/[\w.-]+\.ts:\d+)/.exec(first)?.[1] ?? "";
  return `throws ${error.name}: ${message} at ${place}`;
}
