import { expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import { findingMarkdown, markdownView } from "./markdown.ts";
import { answeredCall, busyCall, failedCall, messages, reportOf } from "./report.fixture.ts";

test("Markdown has the finding with its proof in a code block, the fix as a list, and the calls as a table", () => {
  const markdown = markdownView(reportOf([failedCall]), { language });
  expect(markdown).toContain("## ● 502 Bad Gateway: The telephone network behind 10.9.0.30 is out of order\n");
  expect(markdown).toContain("```text\nframe 6  10:04:11.123  SIP/2.0 502 Bad Gateway\n");
  expect(markdown).toContain("\n1. On 10.9.0.30: look at");
  expect(markdown).toContain(
    "| `1` | ✗ failed | 502 | `alice@example.org` | `+4930123456@example.org` | 10:04:06 | 5.1 s |",
  );
});

test("one finding as Markdown has its proof and its fix, and nothing of the rest", () => {
  const call = { ...failedCall, messages };
  const group = { finding: call.findings[0], calls: [call], ladderOf: call };
  const markdown = findingMarkdown(reportOf([call, busyCall]), group, { language, ladder: true });
  expect(markdown).toMatch(/^## ● 502 Bad Gateway: /u);
  expect(markdown).toContain("\n1. On 10.9.0.30: look at");
  expect(markdown).toContain("│─ INVITE ×3 ─");
  expect(markdown).not.toMatch(/486|\| file/u);
});

test("Markdown has the ladder when asked for", () => {
  expect(markdownView(reportOf([{ ...failedCall, messages }]), { language, ladder: true })).toContain("│─ INVITE ×3 ─");
});

test("Markdown says that nothing is wrong", () => {
  expect(markdownView(reportOf([answeredCall]), { language })).toContain("\nNothing wrong was found.\n");
  expect(markdownView(reportOf([busyCall]), { language })).toContain(
    "\nNothing wrong was found: the calls below were not answered because somebody was busy",
  );
  const oneWasBusy = { ...answeredCall, findings: busyCall.findings };
  expect(markdownView(reportOf([oneWasBusy]), { language })).toContain("\nNothing wrong was found.\n");
});
