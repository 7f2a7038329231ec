import { describe, expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import { htmlView } from "./html.ts";
import { markdownView } from "./markdown.ts";
import { answeredCall, failedCall, registration, reportOf } from "./report.fixture.ts";
import { textView } from "./text.ts";

const failed = { ...registration, findings: failedCall.findings, outcome: failedCall.outcome };
const subscription = { ...failed, kind: "subscription" } as const;
const lists = [
  { what: "calls", calls: [failedCall, answeredCall], heading: "Calls" },
  { what: "registrations", calls: [failed, failed], heading: "Registrations" },
  { what: "calls and registrations", calls: [failedCall, failed], heading: "Calls and other exchanges" },
  { what: "registrations and subscriptions", calls: [failed, subscription], heading: "Exchanges" },
] as const;

describe.each(lists)("a list of $what", ({ calls, heading }) => {
  const report = reportOf(calls);

  test("is called by what is in it", () => {
    expect(textView(report, { language })).toContain(`\n${heading}\n`);
    expect(markdownView(report, { language })).toContain(`\n## ${heading}\n`);
    expect(htmlView(report, { language })).toContain(`<h2 id="calls">${heading}</h2>`);
  });
});

test("a failure that several registrations share is counted as what they are", () => {
  const text = textView(reportOf([failed, { ...failed, id: "9" }]), { language });
  expect(text).toContain("certain · 2 registrations");
  expect(text).toMatch(/\n {2}Seen in {2,}\d/u);
  expect(textView(reportOf([failed, subscription]), { language })).toContain("certain · 2 exchanges");
});
