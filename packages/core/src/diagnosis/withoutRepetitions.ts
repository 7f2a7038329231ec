import type { SipRequest } from "../message/message.ts";
import type { Finding } from "./diagnose.ts";
import { messagesOf } from "./messagesOf.ts";
import type { SubjectKind } from "./rule.ts";

/** A B2BUA passes on at once what it only passes on. */
const PASSED_ON_WITHIN_MICROS = 2_000_000;
/** What these rules find is of one request, others of what ended with a BYE. */
const OF_ONE_REQUEST: ReadonlySet<SubjectKind> = new Set<SubjectKind>(["transaction", "chain", "subscription"]);

/**
 * What a B2BUA only passes on is found on each of its sides. It is told once: an answer and an end as who asked for it or ended the call saw it, and that
 * nothing came as the side shows that is furthest from there.
 */
export function withoutRepetitions(findings: readonly Finding[]): Finding[] {
  const told = new Set<string>();
  const once = findings.filter((finding) => {
    const key = keyOf(finding);
    if (key === undefined) return true;
    const isNew = !told.has(key);
    told.add(key);
    return isNew;
  });
  return once.filter((finding) => !once.some((other) => isToldBy(other, finding)));
}

/** Undefined where nothing says that two findings are about one response. */
function keyOf({ rule, draft }: Finding): string | undefined {
  const { response, origin, cause, statusCode = response?.statusCode } = draft;
  if (response === undefined || origin === undefined) return undefined;
  return [rule.id, cause, statusCode, origin.endpoint.text].join(" ");
}

/** The same is found of the request that the B2BUA made of this one, or made this one of. */
function isToldBy(other: Finding, { rule, draft }: Finding): boolean {
  if (other.rule !== rule || other.draft.cause !== draft.cause) return false;
  const isOfOne = OF_ONE_REQUEST.has(rule.inspects);
  const [own, its] = [draft, other.draft].map((each) =>
    messagesOf(each)
      .filter((message) => message.kind === "request")
      .find(({ method }) => isOfOne || method === "BYE"),
  );
  if (own === undefined || its === undefined) return false;
  return isOfOne && draft.response === undefined ? isPassedOn(own, its) : isPassedOn(its, own);
}

function isPassedOn({ method, callId, fromTag, packet }: SipRequest, next: SipRequest): boolean {
  const waitedMicros = next.packet.timeMicros - packet.timeMicros;
  return (
    next.method === method &&
    next.packet.source.host === packet.destination.host &&
    (next.callId !== callId || next.fromTag !== fromTag) &&
    waitedMicros >= 0 &&
    waitedMicros <= PASSED_ON_WITHIN_MICROS
  );
}
