import type { EvidenceReport } from "../diagnosis/report.ts";

export interface ToldEvidence extends EvidenceReport {
  /** The last of so many that quote the same, of which the first stands before it. */
  readonly times?: number;
}

/** So many are told one by one. */
const FEW = 3;

/** What came again and again is told by its first and its last time: what it led to stands behind it. */
export function toldEvidence(evidence: readonly EvidenceReport[]): ToldEvidence[] {
  const told: ToldEvidence[] = [];
  for (let start = 0; start < evidence.length;) {
    const end = endOfSame(evidence, start);
    const times = end - start;
    if (times <= FEW) told.push(...evidence.slice(start, end));
    else told.push(evidence[start], { ...evidence[end - 1], times });
    start = end;
  }
  return told;
}

/** What stands behind the place of a line of proof. */
export function quoteSaid(
  { quote, times }: ToldEvidence,
  say: (key: string, values: Readonly<Record<string, number>>) => string,
): string {
  return times === undefined ? quote : say("view.sameEvidence", { count: times });
}

function endOfSame(evidence: readonly EvidenceReport[], start: number): number {
  let end = start + 1;
  while (end < evidence.length && evidence[end].quote === evidence[start].quote) end++;
  return end;
}
