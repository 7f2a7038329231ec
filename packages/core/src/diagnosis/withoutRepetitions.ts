import type { Call } from "../call/call.ts";
import type { SipRequest, SipResponse } from "../message/message.ts";
import { firstHop, hops, type Transaction } from "../transaction/transaction.ts";
import type { AnyRule, Finding } from "./diagnose.ts";
import { messagesOf } from "./messagesOf.ts";
import type { SubjectKind } from "./rule.ts";

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
  const ofRequests = new Map<SipRequest, Transaction>();
  for (const transaction of legs.flatMap(({ transactions }) => transactions))
    for (const request of transaction.requests) ofRequests.set(request, transaction);
  return once.filter((finding) => !once.some((other) => isToldBy(other, finding, ofRequests)));
}

/** Undefined where nothing says that two findings are about one response. */
function keyOf({ rule, draft }: Finding): string | undefined {
  const { response, origin, cause, statusCode = response?.statusCode } = draft;
  if (response === undefined || origin === undefined) return undefined;
  return [rule.id, cause, statusCode, origin.endpoint.text].join(" ");
}

/** The same is found of the request that the B2BUA made of this one, or made this one of. */
function isToldBy(other: Finding, { rule, draft }: Finding, ofRequests: ReadonlyMap<SipRequest, Transaction>): boolean {
  if (other.rule !== rule || other.draft.cause !== draft.cause) return false;
  const isOfOne = OF_ONE_REQUEST.has(rule.inspects);
  const [own, its] = [draft, other.draft].map((each) =>
    messagesOf(each)
      .filter((message) => message.kind === "request")
      .find(({ method }) => isOfOne || method === (rule.inspects === "registration" ? "REGISTER" : "BYE")),
  );
  const [hop, otherHop] = [own, its].map((request) => request && ofRequests.get(request));
  if (hop === undefined || otherHop === undefined) return false;
  return isOfOne && draft.response === undefined ? isPassedOn(hop, otherHop) : isPassedOn(otherHop, hop);
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
