import type { FindingReport } from "./report.ts";

/** What a finding is told once by. */
export interface KeyedFinding extends Pick<FindingReport, "rule" | "cause" | "statusCode" | "verdict"> {
  readonly origin?: { readonly address: string };
}

/** The same for what is told once: rule, cause, code, origin and verdict. */
export function findingKey({ rule, cause, statusCode, origin, verdict }: KeyedFinding): string {
  return `${rule} ${cause} ${statusCode} ${verdict} ${origin?.address}`;
}
