import type { CallRecord, FindingRecord } from "../callRecord.ts";

/** What tells calls apart in an overview: the same for thousands of them. */
export interface CallShape extends Pick<CallRecord, "kind" | "outcome"> {
  readonly findings: readonly FindingShape[];
}

export interface FindingShape extends Pick<FindingRecord, "rule" | "cause" | "statusCode" | "verdict"> {
  /** Address of the origin. */
  readonly origin?: string;
}

export function shapeOf({ kind, outcome, findings }: CallRecord): CallShape {
  return { kind, outcome, findings: findings.map(findingShapeOf) };
}

function findingShapeOf({ rule, cause, statusCode, verdict, origin }: FindingRecord): FindingShape {
  return { rule, cause, statusCode, verdict, origin: origin?.address };
}

/** The same text for the same shape: made for every call, so without the shape itself. */
export function shapeKey({ kind, outcome, findings }: CallShape): string {
  let key = `${kind} ${outcome.kind} ${outcome.statusCode}`;
  for (const { rule, cause, statusCode, verdict, origin } of findings)
    key += `\n${rule} ${cause} ${statusCode} ${verdict} ${origin}`;
  return key;
}
