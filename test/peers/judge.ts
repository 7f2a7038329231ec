import { expect } from "vitest";
import type { FindingReport, Report } from "../../packages/core/src/index.ts";
import type { ExpectedFinding, Situation } from "./situation.ts";

/** Holds the report against the situation: outcomes, every finding that must be there, and no other. */
export function judge(report: Report, { outcomes, findings }: Situation): void {
  const found = [...report.findings, ...report.calls.flatMap((call) => call.findings)];
  const said = found.map(summaryOf);
  expect(report.calls.map(({ outcome }) => `${outcome.kind}:${outcome.statusCode}`)).toEqual(
    expect.arrayContaining([...outcomes]),
  );
  for (const wanted of findings.filter(({ optional }) => !optional))
    expect(said, JSON.stringify(wanted)).toSatisfy(() => found.some((finding) => fits(finding, wanted)));
  expect(found.filter((finding) => !findings.some((wanted) => fits(finding, wanted))).map(summaryOf)).toEqual([]);
}

function fits(finding: FindingReport, wanted: ExpectedFinding): boolean {
  if (!wanted.rule.split("|").includes(finding.rule)) return false;
  if (wanted.cause !== undefined && !wanted.cause.includes(finding.cause ?? "")) return false;
  if (wanted.verdict !== undefined && !wanted.verdict.includes(finding.verdict)) return false;
  if (wanted.statusCode !== undefined && finding.statusCode !== wanted.statusCode) return false;
  if (wanted.says !== undefined && !finding.why.includes(wanted.says)) return false;
  return wanted.origin === undefined || finding.origin?.address === `${wanted.origin}:5060`;
}

function summaryOf({ rule, cause, verdict, statusCode, origin }: FindingReport): string {
  return [rule, cause, verdict, statusCode, origin?.address].join(" ");
}
