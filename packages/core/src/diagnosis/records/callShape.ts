import type { CallRecord, FindingRecord } from "../callRecord.ts";
import { findingKey, type KeyedFinding } from "../findingKey.ts";

/** What tells calls apart in an overview: the same for thousands of them. */
export interface CallShape extends Pick<CallRecord, "kind" | "outcome"> {
  readonly findings: readonly KeyedFinding[];
}

export function shapeOf({ kind, outcome, findings }: CallRecord): CallShape {
  return { kind, outcome, findings: findings.map(findingShapeOf) };
}

function findingShapeOf({ rule, cause, statusCode, verdict, origin, element }: FindingRecord): KeyedFinding {
  return { rule, cause, statusCode, verdict, origin: origin && { address: origin.address }, element };
}

/** The same text for the same shape: made for every call, so without the shape itself. */
export function shapeKey({ kind, outcome, findings }: CallShape): string {
  let key = `${kind} ${outcome.kind} ${outcome.statusCode}`;
  for (const finding of findings) key += `\n${findingKey(finding)}`;
  return key;
}
