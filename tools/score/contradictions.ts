import type { CallReport, FindingReport, Report, Verdict } from "../../packages/core/src/index.ts";

/** What a report on a degraded capture says, and the report on the whole capture does not. */
export interface Contradiction {
  readonly verdict: Verdict;
  /** `rule cause code origin`. */
  readonly said: string;
  /** What the whole capture says of the same call. */
  readonly whole: readonly string[];
}

/** About the capture and not about what happened in it: a degraded capture has such findings of its own. */
const aboutCaptures: ReadonlySet<string> = new Set(["capture-incomplete"]);

/** What the bytes of one message show; a rule that knows more of the whole call may say it in its place. */
const aboutBytes: ReadonlySet<string> = new Set(["request-malformed", "response-malformed"]);

/** Findings on calls that the whole capture does not bear out: another rule or cause, or another element named as the one. */
export function contradictions(degraded: Report, whole: Report): readonly Contradiction[] {
  return degraded.calls.flatMap((call) => {
    const known = callsOf(call, whole).flatMap(({ findings }) => findings);
    return call.findings
      .filter(({ rule }) => !aboutCaptures.has(rule) && !aboutBytes.has(rule))
      .filter((finding) => !known.some((other) => agrees(finding, other)))
      .map((finding) => ({ verdict: finding.verdict, said: summaryOf(finding), whole: known.map(summaryOf) }));
  });
}

function callsOf({ callIds }: CallReport, { calls }: Report): readonly CallReport[] {
  return calls.filter((call) => call.callIds.some((callId) => callIds.includes(callId)));
}

function agrees(finding: FindingReport, other: FindingReport): boolean {
  if (finding.rule !== other.rule || finding.cause !== other.cause) return false;
  if (isFinal(finding) && isFinal(other) && finding.statusCode !== other.statusCode) return false;
  const { origin } = finding;
  return origin === undefined || origin.orBehind || origin.address === other.origin?.address;
}

/** The loss that a rule is about shows in any response, also in a provisional one. */
function isFinal({ statusCode = 0 }: FindingReport): boolean {
  return statusCode >= 200;
}

export function summaryOf({ rule, cause, statusCode, origin }: FindingReport): string {
  return [rule, cause, statusCode, origin?.address].filter((part) => part !== undefined).join(" ");
}
