import type { CallReport, OutcomeKind, Report } from "../diagnosis/report.ts";
import type { ViewOptions } from "./viewOptions.ts";

/** The report with only the calls that were asked for. Totals and captures still speak of the whole input. */
export function selectCalls(report: Report, { call, only }: Pick<ViewOptions, "call" | "only">): Report {
  if (call === undefined && only === undefined) return report;
  const calls = report.calls.filter(
    (each) => (call === undefined || isNamed(each, call)) && (only === undefined || wentWrong(each)),
  );
  return { ...report, calls };
}

/** True where the reader wants to know what was in the input: they asked, or there is nothing else to tell. */
export function explainsInput(
  { totals }: Report,
  { explainInput = false }: Pick<ViewOptions, "explainInput">,
): boolean {
  return explainInput || totals.messages === 0;
}

/** True for the id that the report gave the call, and for each of its Call-IDs. */
export function isNamed({ id, callIds }: CallReport, name: string): boolean {
  return id === name || callIds.includes(name);
}

/**
 * True when the call failed or something is wrong with it. That somebody was busy, declined or gave up is an answer of a person:
 * such a call went wrong only when a finding says more than its outcome.
 */
export function wentWrong({ outcome, findings }: CallReport): boolean {
  return failures.has(outcome.kind) || findings.some(({ rule }) => !tellsTheOutcome(rule));
}

/** True where the reader has something to repair, in a call or before one could begin. */
export function hasFaults({ calls, findings }: Report): boolean {
  return calls.some(wentWrong) || findings.some(({ rule }) => rule !== "capture-incomplete");
}

/** True for a rule that says who gave an answer which is no fault. */
export function tellsTheOutcome(rule: string): boolean {
  return outcomeRules.has(rule);
}

const failures: ReadonlySet<OutcomeKind> = new Set(["failed", "unanswered"]);
const outcomeRules: ReadonlySet<string> = new Set(["callee-busy", "callee-declined", "call-cancelled"]);
