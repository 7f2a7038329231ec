import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { language as english } from "../../language/languages/en.ts";
import { Analysis } from "../analysis.ts";
import type { FindingReport, Report } from "../report.ts";
import { readRuleFixture, type RuleCase } from "../ruleFixture.fixture.ts";
import { rules } from "../rules.generated.ts";

const folder = new URL("./", import.meta.url);
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith(".fixture.md"))
  .map((name) => ({
    rule: name.replace(".fixture.md", ""),
    cases: readRuleFixture(readFileSync(new URL(name, folder), "utf8")),
  }));

function reportOf({ packets, events, observedUntilMicros }: RuleCase): Report {
  const analysis = new Analysis({ language: english, names: ["fixture"] });
  for (const event of events) analysis.pushEvent(event);
  for (const packet of packets) analysis.pushPacket(packet);
  analysis.observe(observedUntilMicros);
  return analysis.finish();
}

for (const { rule, cases } of fixtures) {
  describe(rule, () => {
    test.each(cases.map((each) => [each.heading, each] as const))("%s", (_heading, each) => {
      const report = reportOf(each);
      const findings = [...report.calls.flatMap((call) => call.findings), ...report.findings];
      const own = findings.filter((finding) => finding.rule === rule);
      expectFindings(each, own);
      if (each.origin !== undefined) expect(own[0]?.origin?.address).toBe(each.origin);
      if (each.alone) expect(findings).toEqual(own);
      for (const finding of own) expectReadable(finding);
    });
  });
}

function expectFindings({ expected }: RuleCase, own: readonly FindingReport[]): void {
  const seen = own.map(({ cause, verdict }) => ({ cause, verdict }));
  if (expected.kind === "fires") expect(seen).toEqual([{ cause: expected.cause, verdict: expected.verdict }]);
  else if (expected.kind === "nothing") expect(seen).toEqual([]);
  else {
    expect(seen.map(({ verdict }) => verdict)).toEqual([expected.verdict]);
    expect(own[0].missing).not.toEqual([]);
  }
}

/** Every sentence is there with its values, and there is a proof. */
function expectReadable({ title, why, fix, missing, evidence, verdict }: FindingReport): void {
  for (const sentence of [title, why, ...fix, ...missing]) expect(sentence).not.toMatch(/\{\$|undefined|NaN|^$/u);
  expect(fix.length).toBeGreaterThan(0);
  expect(evidence.length).toBeGreaterThan(0);
  if (verdict === "indeterminate") expect(missing).not.toEqual([]);
}

test("every fixture is of a rule, and has a case that fires, a near miss and a cut capture", () => {
  const ids = rules.map(({ id }) => String(id));
  for (const { rule, cases } of fixtures) {
    expect(ids).toContain(rule);
    expect(cases.map(({ heading }) => heading.split(":")[0]).sort()).toEqual(
      expect.arrayContaining(["cut", "fires", "near miss"]),
    );
  }
});
