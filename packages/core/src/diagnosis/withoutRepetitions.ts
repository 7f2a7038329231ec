import type { Call } from "../call/call.ts";
import type { SipMessage, SipResponse } from "../message/message.ts";
import { firstHop, hops, type Transaction } from "../transaction/transaction.ts";
import type { AnyRule, Finding } from "./diagnose.ts";
import { messagesOf } from "./messagesOf.ts";
import type { Evidence, SubjectKind } from "./rule.ts";

/** A B2BUA passes on at once what it only passes on. */
const PASSED_ON_WITHIN_MICROS = 2_000_000;
/** What these rules find is of one request, others of what ended with a BYE, or began with a REGISTER. */
const OF_ONE_REQUEST: ReadonlySet<SubjectKind> = new Set<SubjectKind>(["transaction", "chain", "subscription"]);

/**
 * What a B2BUA only passes on is found on each of its sides. It is told once: an answer and an end as who asked for it or ended the call saw it, and that
 * nothing came as the side shows that is furthest from there.
 */
export function withoutRepetitions(findings: readonly Finding[], { legs }: Pick<Call, "legs">): Finding[] {
  const told = new Set<string>();
  const answers = new Map<AnyRule, Set<SipResponse>>();
  const once = findings.filter((finding) => {
    const key = keyOf(finding);
    if (key === undefined) return true;
    const { rule, draft } = finding;
    const known = answers.get(rule) ?? new Set();
    const isNew = !told.has(key) && !known.has(draft.origin!.minted);
    told.add(key);
    answers.set(rule, known.add(draft.origin!.minted));
    return isNew;
  });
  if (once.length < 2) return once;
  const hopOf = new Map<SipMessage, Transaction>();
  for (const transaction of legs.flatMap(({ transactions }) => transactions))
    for (const message of [...transaction.requests, ...transaction.responses]) hopOf.set(message, transaction);
  return once.filter(
    (finding) => !once.some((other) => isToldBy(other, finding, hopOf) || isToldWithAnswer(other, finding)),
  );
}

/** What was not delivered is told with the answer that was made of it. */
function isToldWithAnswer({ draft: { response, evidence } }: Finding, { draft }: Finding): boolean {
  if (response === undefined || draft.response !== undefined) return false;
  return draft.evidence.some((event) => isDeliveryEvent(event) && evidence.includes(event));
}

function isDeliveryEvent(evidence: Evidence): boolean {
  return "kind" in evidence && (evidence.kind === "icmp-unreachable" || evidence.kind === "connection-reset");
}

/** Undefined where nothing says that two findings are about one response. */
function keyOf(finding: Finding): string | undefined {
  const { response, origin, cause } = finding.draft;
  if (response === undefined || origin === undefined) return undefined;
  return [finding.rule.id, cause, statusCodeOf(finding), origin.endpoint.text].join(" ");
}

function statusCodeOf({ draft: { response, statusCode = response?.statusCode } }: Finding): number | undefined {
  return statusCode;
}

/** The same is found of the request that the B2BUA made of this one, or made this one of. */
function isToldBy(other: Finding, finding: Finding, hopOf: ReadonlyMap<SipMessage, Transaction>): boolean {
  const { rule, draft } = finding;
  if (other.rule !== rule || other.draft.cause !== draft.cause) return false;
  if (statusCodeOf(other) !== statusCodeOf(finding)) return false;
  const [hop, otherHop] = [finding, other].map((each) => hopShown(each, hopOf));
  if (hop === undefined || otherHop === undefined) return false;
  const isOfSilence = OF_ONE_REQUEST.has(rule.inspects) && draft.response === undefined;
  return isOfSilence ? isPassedOn(hop, otherHop) : isPassedOn(otherHop, hop);
}

/** Of the request that a finding shows, or that was answered what it shows. */
function hopShown({ rule, draft }: Finding, hopOf: ReadonlyMap<SipMessage, Transaction>): Transaction | undefined {
  const isOfOne = OF_ONE_REQUEST.has(rule.inspects);
  const shown = messagesOf(draft);
  const request = shown
    .filter((message) => message.kind === "request")
    .find(({ method }) => isOfOne || method === (rule.inspects === "registration" ? "REGISTER" : "BYE"));
  const message = request ?? (isOfOne ? shown.find(({ kind }) => kind === "response") : undefined);
  return message && hopOf.get(message);
}

/** Proxies may stand before the B2BUA, and behind it. */
function isPassedOn(hop: Transaction, next: Transaction): boolean {
  const { first, client } = firstHop(next);
  return hops(firstHop(hop)).some(
    ({ method, server, first: came }) =>
      method === next.method &&
      client.host === server.host &&
      (first.callId !== came.callId || first.fromTag !== came.fromTag) &&
      isSoonAfter(first.packet.timeMicros - came.packet.timeMicros),
  );
}

function isSoonAfter(waitedMicros: number): boolean {
  return waitedMicros >= 0 && waitedMicros <= PASSED_ON_WITHIN_MICROS;
}
