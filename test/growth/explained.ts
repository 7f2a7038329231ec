import { Analysis } from "../../packages/core/src/diagnosis/analysis.ts";
import { language } from "../../packages/core/src/language/languages/en.ts";
import { textView } from "../../packages/core/src/view/text.ts";
import { messageReader } from "../../tools/fuzz/readers/message.ts";
import { sdpReader } from "../../tools/fuzz/readers/sdp.ts";
import type { GrowthCase } from "./cases.ts";

const CHUNK_BYTES = 65_536;
const readers = { message: messageReader(), sdp: sdpReader() };

/** Reads the input as far as there is anything in it to read, and tells which limits were reached, in the words of the report. */
export function explained(input: Uint8Array, reads: GrowthCase["reads"]): readonly string[] {
  if (reads !== undefined) {
    void readers[reads].run(input);
    return [];
  }
  const analysis = new Analysis({ language, names: ["capture"], messages: true });
  for (let at = 0; at < input.length; at += CHUNK_BYTES) analysis.push(0, input.subarray(at, at + CHUNK_BYTES));
  const report = analysis.finish();
  textView(report, { language, ladder: true });
  const incidents = report.captures.flatMap((capture) => capture.incidents);
  return incidents.filter(({ kind }) => kind === "limit-reached").map(({ text }) => text);
}
