import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { root } from "../../../test/sources.ts";
import { analyze } from "../src/diagnosis/analyze.ts";
import { language } from "../src/language/languages/en.ts";
import { redactReport } from "../src/redaction/redactReport.ts";

const [plain, failed] = ["a-plain-200.pcap", "g-502-q850-38.pcap"];

async function reportOf(...names: readonly string[]) {
  const inputs = names.map((name) => ({ name, bytes: [readFileSync(`${root}/fixtures/captures/${name}`)] }));
  return analyze(inputs, { language });
}

/** The sentence that names a frame. */
function sentenceOf({ calls }: Awaited<ReturnType<typeof reportOf>>): string | undefined {
  return calls
    .flatMap(({ findings }) => findings)
    .flatMap(({ origin }) => origin?.basis ?? [])
    .find((sentence) => sentence.includes("in frame"));
}

test("a frame that a sentence names is one of the capture that it is in", async () => {
  expect(sentenceOf(await reportOf(failed))).toMatch(/ in frame 6\.$/u);
  expect(sentenceOf(await reportOf(failed, plain))).toMatch(/ in frame 1:6\.$/u);
  const report = await reportOf(plain, failed);
  expect(sentenceOf(report)).toMatch(/ in frame 2:6\.$/u);
  expect(sentenceOf(redactReport(report, language).report)).toMatch(/ in frame 2:6\.$/u);
});
