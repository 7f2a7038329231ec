import type { Basis } from "../call/origin.ts";
import type { CallReport, EvidenceReport, FindingReport, OriginReport } from "./report.ts";
import type { Missing, Reading } from "./rule.ts";

/**
 * A call that was judged, as values: no messages, and no sentences, which are made when somebody asks for them (`tellCall`). It is
 * plain data, so that it can go from one thread to another, or be put aside.
 */
export interface CallRecord extends Omit<CallReport, "id" | "findings"> {
  readonly findings: readonly FindingRecord[];
}

/** A finding before it is told. */
export interface FindingRecord extends Pick<
  FindingReport,
  "rule" | "cause" | "verdict" | "statusCode" | "element" | "values"
> {
  readonly origin?: OriginRecord;
  readonly evidence: readonly EvidenceReport[];
  readonly missing?: readonly Missing[];
  readonly readings?: readonly Reading[];
  /** Beyond those of the rule. */
  readonly citations?: readonly string[];
}

export interface OriginRecord extends Omit<OriginReport, "basis"> {
  readonly basis: readonly Basis[];
}
