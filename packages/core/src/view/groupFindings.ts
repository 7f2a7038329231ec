import { alikeKey, findingKey } from "../diagnosis/findingKey.ts";
import type { CallReport, FindingReport, OutcomeKind, Verdict } from "../diagnosis/report.ts";
import { tellsTheOutcome } from "./selectCalls.ts";

/** One failure, told once: the same rule, cause, code, origin or element, and verdict, with every call that it happened to. */
export interface FindingGroup {
  /** Of the first call. */
  readonly finding: FindingReport;
  /** In order of time; empty for a finding about the captures. */
  readonly calls: readonly CallReport[];
  /** The first call, unless a group before this one shows its ladder. */
  readonly ladderOf?: CallReport;
}

/** More elements that fail alike are no failures of their own: phones that are away. */
const MOST_ELEMENTS = 5;

/** The findings of the calls, worst first: failed calls, then calls that went wrong otherwise, then answers of people. */
export function groupFindings(calls: readonly CallReport[]): FindingGroup[] {
  const groups = new Map<string, Alike>();
  for (const call of calls) {
    for (const finding of call.findings) addTo(groups, call, finding);
  }
  const sorted = withCutPings([...groups.values()].flatMap(toldApart))
    .map((group) => ({ group, rank: rankOf(group) }))
    .sort(byRank);
  const shown = new Set<CallReport>();
  return sorted.map(({ group }) => {
    const [first] = group.calls;
    if (shown.has(first)) return group;
    shown.add(first);
    return { ...group, ladderOf: first };
  });
}

interface Group {
  readonly finding: FindingReport;
  readonly calls: CallReport[];
}

/** What is alike, together and by the element that it is about. */
interface Alike {
  readonly all: Group;
  readonly byElement: Map<string, Group>;
}

function addTo(groups: Map<string, Alike>, call: CallReport, finding: FindingReport): void {
  const key = alikeKey(finding);
  let alike = groups.get(key);
  if (alike === undefined) groups.set(key, (alike = { all: { finding, calls: [] }, byElement: new Map() }));
  addCall(alike.all, call);
  const { element } = finding;
  if (element === undefined) return;
  let own = alike.byElement.get(element);
  if (own === undefined) alike.byElement.set(element, (own = { finding, calls: [] }));
  addCall(own, call);
}

function addCall({ calls }: Group, call: CallReport): void {
  if (calls.at(-1) !== call) calls.push(call);
}

function toldApart({ all, byElement }: Alike): readonly Group[] {
  return byElement.size < 2 || byElement.size > MOST_ELEMENTS ? [all] : [...byElement.values()];
}

/** Pings of a server that are too late for the capture to show that they were in vain are told with those of which it does. */
function withCutPings(groups: readonly Group[]): readonly Group[] {
  const isCut = ({ finding, calls }: Group): boolean =>
    finding.verdict === "indeterminate" && calls.every(({ kind }) => kind === "options");
  const shown = new Map(groups.filter((group) => !isCut(group)).map((group) => [pingedIn(group), group]));
  return groups.filter((group) => {
    const other = isCut(group) && group.finding.element !== undefined ? shown.get(pingedIn(group)) : undefined;
    other?.calls.push(...group.calls);
    return other === undefined;
  });
}

function pingedIn({ finding }: Group): string {
  return findingKey({ ...finding, verdict: "likely" });
}

interface Rank {
  readonly severity: number;
  readonly verdict: number;
  readonly calls: number;
}

function rankOf({ finding, calls }: FindingGroup): Rank {
  const worst = Math.min(...calls.slice(0, 1000).map(severityOfCall));
  return {
    severity: tellsTheOutcome(finding.rule) ? answerOfPerson : worst,
    verdict: verdictOrder[finding.verdict],
    calls: calls.length,
  };
}

// Array.prototype.sort is stable: groups of one rank stay in order of time.
function byRank({ rank: a }: { rank: Rank }, { rank: b }: { rank: Rank }): number {
  return a.severity - b.severity || b.calls - a.calls || a.verdict - b.verdict;
}

/** A ping that fails has stopped no call. */
function severityOfCall({ kind, outcome }: CallReport): number {
  return kind === "options" ? Math.max(severityOf[outcome.kind], failedPing) : severityOf[outcome.kind];
}

const failedPing = 1.5;
const answerOfPerson = 4;
const severityOf: Readonly<Record<OutcomeKind, number>> = {
  failed: 0,
  unanswered: 0,
  answered: 1,
  succeeded: 1,
  unknown: 1,
  "in-progress": 1,
  redirected: 2,
  busy: 3,
  declined: 3,
  cancelled: 3,
};
const verdictOrder: Readonly<Record<Verdict, number>> = { certain: 0, likely: 1, indeterminate: 2 };
