import { Analysis } from "../../../packages/core/src/diagnosis/analysis.ts";
import type { Report } from "../../../packages/core/src/diagnosis/report.ts";
import type { Language } from "../../../packages/core/src/language/language.ts";
import { language as de } from "../../../packages/core/src/language/languages/de.ts";
import { language as en } from "../../../packages/core/src/language/languages/en.ts";
import { language as ja } from "../../../packages/core/src/language/languages/ja.ts";
import { redactReport } from "../../../packages/core/src/redaction/redactReport.ts";
import { htmlView } from "../../../packages/core/src/view/html.ts";
import { jsonView } from "../../../packages/core/src/view/json.ts";
import { markdownView } from "../../../packages/core/src/view/markdown.ts";
import { textView } from "../../../packages/core/src/view/text.ts";
import { reportSchema } from "../../../packages/core/test/reportSchema.ts";
import { ensure } from "../ensure.ts";
import type { FuzzReader } from "../fuzzReader.ts";
import { checkJson, checkMarkdown, checkMarkup, checkPrinted } from "../outputs.ts";
import { anyCapture, recordReader } from "./captures.ts";

/** A whole capture of any format: explained, and printed in every way. */
export function analysisReader(): FuzzReader {
  return recordReader("analysis", ".pcap", anyCapture(), readCapture, (bytes) => 1000 + bytes / 5);
}

const languages: readonly Language[] = [en, de, ja];

function readCapture(input: Uint8Array): void {
  const language = languages[input.length % languages.length];
  const analysis = new Analysis({ language, names: ["capture"], messages: true });
  analysis.push(0, input);
  const report = analysis.finish();
  checkReport(report, input.length);
  const options = { language, ladder: true, explainInput: true, width: 100 };
  const redacted = redactReport(report, language).report;
  checkReport(redacted, input.length);
  const outputs = [
    checkMarkup(checkPrinted(htmlView(report, options))),
    checkJson(checkPrinted(jsonView(redacted))),
    checkPrinted(textView(report, options)),
    checkPrinted(textView(report, { ...options, color: true, width: 40 }).replaceAll(/\x1b\[[\d;]*m/g, "")),
    checkMarkdown(checkPrinted(markdownView(report, options))),
    checkJson(checkPrinted(jsonView(report))),
  ];
  for (const output of outputs) {
    ensure(output.length < 200_000 + 400 * input.length, () => `${output.length} characters out of ${input.length}`);
  }
}

function checkReport(report: Report, length: number): void {
  const problem = reportSchema.safeParse(report).error;
  ensure(problem === undefined, () => `the report does not fit its schema: ${problem!.issues[0].path.join(".")}`);
  const { messages } = report.totals;
  ensure(messages <= length, "more messages than bytes");
  const [capture] = report.captures;
  for (const { evidence } of report.calls.flatMap(({ findings }) => findings)) {
    ensure(
      evidence.every(({ frame }) => frame > 0 && frame <= capture.frames),
      "evidence is outside the capture",
    );
  }
}
