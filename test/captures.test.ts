import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FindingReport, Report } from "../packages/core/src/index.ts";
import { capturesFolder, explain } from "./explain.ts";

/** What a report about a capture must say. */
interface Expectation {
  /** One of these is the outcome of a call: `failed:502`. */
  readonly outcomes?: readonly string[];
  readonly findings?: readonly ExpectedFinding[];
  /** Rules that must not fire. */
  readonly forbid?: readonly string[];
  /** True where nothing is wrong. */
  readonly none?: boolean;
}

interface ExpectedFinding {
  readonly rule: string;
  readonly cause?: readonly string[];
  readonly verdict?: readonly string[];
  readonly statusCode?: number;
  /** Address of the element that minted the response, without port. */
  readonly origin?: string;
}

const expectations: Readonly<Record<string, Expectation>> = JSON.parse(
  readFileSync(join(capturesFolder, "expectations.json"), "utf8"),
);

test("every capture has an expectation, and every expectation its capture", () => {
  const captures = readdirSync(capturesFolder).filter((name) => !/\.(md|json)$/.test(name));
  expect(Object.keys(expectations).toSorted()).toEqual(captures.toSorted());
});

describe("the report names what happened in", () => {
  test.for(Object.entries(expectations))("%s", async ([name, expectation]) => {
    expect.hasAssertions();
    meets(await explain(name), expectation);
  });
});

function meets(report: Report, { outcomes, findings = [], forbid = [], none }: Expectation): void {
  const found = [...report.findings, ...report.calls.flatMap((call) => call.findings)];
  expect(outcomes === undefined || outcomesOf(report).some((outcome) => outcomes.includes(outcome))).toBe(true);
  for (const wanted of findings)
    expect(found.map(summaryOf), JSON.stringify(wanted)).toSatisfy(() =>
      found.some((finding) => matches(finding, wanted)),
    );
  expect(found.map(({ rule }) => rule).filter((rule) => forbid.includes(rule))).toEqual([]);
  expect(none === true ? found.map(summaryOf) : []).toEqual([]);
}

function outcomesOf({ calls }: Report): readonly string[] {
  return calls.filter(({ kind }) => kind === "call").map(({ outcome }) => `${outcome.kind}:${outcome.statusCode}`);
}

function matches(finding: FindingReport, { rule, cause, verdict, statusCode, origin }: ExpectedFinding): boolean {
  if (finding.rule !== rule) return false;
  if (cause !== undefined && !cause.includes(finding.cause ?? "")) return false;
  if (verdict !== undefined && !verdict.includes(finding.verdict)) return false;
  if (statusCode !== undefined && finding.statusCode !== statusCode) return false;
  return origin === undefined || finding.origin?.address.replace(/:\d+$/, "").replace(/^\[|\]$/g, "") === origin;
}

function summaryOf({ rule, cause, verdict, statusCode, origin }: FindingReport): string {
  return [rule, cause, verdict, statusCode, origin?.address].join(" ");
}
