import type { CallReport, FindingReport } from "@sipwhy/core";
import { type FindingCount, findingKey, type LiveCounts } from "@sipwhy/core/view";

/** Different findings remembered; more are only counted. */
const MAX_FINDINGS = 1000;

type OutcomeKind = CallReport["outcome"]["kind"];

/** What is remembered of calls that were told: how many ended how, and each finding with how often. */
export class LiveTally {
  readonly #outcomes: Partial<Record<OutcomeKind, number>> = {};
  readonly #findings: Map<string, FindingCount> = new Map();
  #moreFindings = 0;

  add(call: CallReport): void {
    const { kind, outcome, findings } = call;
    if (kind === "call") this.#outcomes[outcome.kind] = (this.#outcomes[outcome.kind] ?? 0) + 1;
    for (const finding of findings) this.#addFinding(finding, call);
  }

  counts(): LiveCounts {
    return { outcomes: this.#outcomes, findings: [...this.#findings.values()], moreFindings: this.#moreFindings };
  }

  #addFinding(finding: FindingReport, { id, startTime }: CallReport): void {
    const key = findingKey(finding);
    const known = this.#findings.get(key);
    if (known !== undefined) this.#findings.set(key, { ...known, count: known.count + 1, lastTime: startTime });
    else if (this.#findings.size >= MAX_FINDINGS) this.#moreFindings++;
    else this.#findings.set(key, { finding, count: 1, firstTime: startTime, lastTime: startTime, call: id });
  }
}
