import type { Password, Report } from "@sipwhy/core";
import type { Language } from "@sipwhy/core/language";
import { nodeDigest } from "./nodeDigest.ts";
import type { Input } from "./readInput.ts";

/** Reads and explains the inputs together, merged by time; `captures` of the report are in their order. */
export async function analyzeInputs(
  inputs: readonly Input[],
  options: {
    readonly language: Language;
    readonly messages: boolean;
    readonly credentials: readonly Password[];
  },
  onChunk: () => void,
): Promise<Report> {
  const { analyze } = await import("@sipwhy/core");
  return analyze(
    inputs.map((input) => ({ name: input.name, bytes: input.chunks(onChunk) })),
    { ...options, digest: nodeDigest },
  );
}
