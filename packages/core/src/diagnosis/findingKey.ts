import type { FindingReport } from "./report.ts";

/** What a finding is told once by. */
export interface KeyedFinding extends Pick<FindingReport, "rule" | "cause" | "statusCode" | "verdict" | "element"> {
  readonly origin?: { readonly address: string };
}

/** The same for what is alike: rule, cause, code, verdict and origin. */
export function alikeKey({ rule, cause, statusCode, origin, verdict }: KeyedFinding): string {
  return `${rule} ${cause} ${statusCode} ${verdict} ${origin?.address}`;
}

/** The same for what is told once: what is alike, of the same element. */
export function findingKey(finding: KeyedFinding): string {
  const { element } = finding;
  return element === undefined ? alikeKey(finding) : `${alikeKey(finding)} ${element}`;
}
