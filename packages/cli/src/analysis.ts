import type { Password, Report } from "@sipwhy/core";
import type { Language } from "@sipwhy/core/language";
import { nodeDigest } from "./nodeDigest.ts";
import { nodeTlsCrypto } from "./nodeTlsCrypto.ts";
import type { Input } from "./readInput.ts";
import { isWorthAThread } from "./secondThread.ts";
import { TemporarySpace } from "./temporarySpace.ts";
import { unzstd } from "./unzstd.ts";

/** Reads and explains the inputs together, merged by time; `captures` of the report are in their order. */
export async function analyzeInputs(
  inputs: readonly Input[],
  {
    inMemory,
    standardInput,
    ...options
  }: {
    /** The calls of the report are plain objects. */
    readonly inMemory: boolean;
    /** What the report calls it. */
    readonly standardInput: string;
    readonly language: Language;
    readonly messages: boolean;
    readonly toldAlike: number | undefined;
    readonly credentials: readonly Password[];
    readonly keyLog: string;
  },
  onChunk: () => void,
): Promise<Report> {
  const isLarge = isWorthAThread(inputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const judgePort = isLarge ? (await import("./startJudge.ts")).startJudge() : undefined;
  // How much comes over a pipe nobody knows.
  const isApart = !inMemory && (isLarge || inputs.some(({ name }) => name === "-"));
  const [recordSpace, packetSpace] = isApart ? [new TemporarySpace(), new TemporarySpace()] : [];
  const { analyze } = await import("@sipwhy/core");
  return analyze(
    inputs.map((input) => ({ name: input.name === "-" ? standardInput : input.name, bytes: input.chunks(onChunk) })),
    {
      ...options,
      digest: nodeDigest,
      tlsCrypto: nodeTlsCrypto,
      unzstd,
      judgePort,
      recordSpace,
      packetSpace,
      onSpare: (chunk) => {
        for (const input of inputs) input.giveBack(chunk);
      },
    },
  );
}
