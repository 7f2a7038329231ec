import { contact } from "../../message/contact.ts";
import { expirationSeconds } from "../../message/expirationSeconds.ts";
import { expires } from "../../message/expires.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { minExpires } from "../../message/minExpires.ts";
import { minSe } from "../../message/minSe.ts";
import { sessionExpires } from "../../message/sessionExpires.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { answerOf } from "../answer.ts";
import type { Evidence, Rule } from "../rule.ts";
import { isMeantForOthers } from "./methodsOfCodes.ts";
import { triedElsewhere, untilRetryIsDue } from "./retry.ts";

const TOO_SMALL: ReadonlySet<number> = new Set([422, 423]);

/** A 422 or 423 after which no attempt with a longer interval succeeds. RFC 4028 §6, §7.4; RFC 3261 §10.2.8 */
export const intervalTooSmall: Rule<"chain", "interval-too-small"> = {
  id: "interval-too-small",
  inspects: "chain",
  citations: [],
  check({ transactions }, context) {
    const last = transactions[transactions.length - 1];
    const statusCode = last.finalResponse?.statusCode;
    if (statusCode !== 422 && statusCode !== 423) return undefined;
    if (isMeantForOthers(last.method, statusCode)) return undefined;
    const answer = answerOf(last, TOO_SMALL, context);
    if (answer === undefined) return undefined;
    const minimum = minimumOf(answer.response);
    const { response, minted, origin } = answer;
    const lacks = shortcoming(answer.request, transactions[transactions.length - 2]);
    if (lacks === undefined && triedElsewhere(last, context)) return undefined;
    const missing = lacks !== undefined ? [] : untilRetryIsDue(response, context);
    const { client, request } = lacks === undefined ? askingOf(last, answer.lastHop) : last;
    return {
      verdict: missing.length > 0 ? "indeterminate" : lacks === undefined ? "likely" : "certain",
      cause: lacks !== undefined ? "retry-ignored-minimum" : statusCode === 422 ? "session-interval" : "expires",
      response,
      origin,
      evidence: [
        ...(request === undefined ? [] : [request, ...askedEvidence(request, statusCode)]),
        minimum === undefined ? minted : { message: minted, field: minimumField(statusCode) },
      ],
      missing,
      citations: statusCode === 422 ? ["RFC 4028 §6", "RFC 4028 §7.4"] : ["RFC 3261 §10.2.8", "RFC 3261 §21.4.17"],
      values: {
        client: client.text,
        origin: origin.endpoint.text,
        method: last.method,
        asked: askedSeconds(request, statusCode) ?? "none",
        told: minimum === undefined ? "no" : "yes",
        minimum: minimum ?? 0,
        lacks: lacks ?? "",
      },
    };
  },
};

/** The hop on which the interval was refused, unless the client had asked for the same: a proxy may put it in, or make it shorter. RFC 4028 §8.1 */
function askingOf(root: Transaction, lastHop: Transaction): Transaction {
  const { statusCode } = root.finalResponse!;
  const isClients = askedSeconds(root.request, statusCode) === askedSeconds(lastHop.request, statusCode);
  return isClients ? root : lastHop;
}

function minimumField(statusCode: number): typeof minSe | typeof minExpires {
  return statusCode === 422 ? minSe : minExpires;
}

function minimumOf(response: SipResponse): number | undefined {
  return response.statusCode === 422 ? response.first(minSe)?.seconds : response.first(minExpires);
}

/** What the attempt after a refusal did wrong; undefined where it obeyed, or where it is the first. */
function shortcoming(request: SipRequest, before: Transaction | undefined): "min-se" | "interval" | undefined {
  const refusal = before?.finalResponse;
  if (refusal === undefined || !TOO_SMALL.has(refusal.statusCode)) return undefined;
  const minimum = minimumOf(refusal);
  if (minimum === undefined) return undefined;
  if (refusal.statusCode === 422 && (request.first(minSe)?.seconds ?? 0) < minimum) return "min-se";
  return (askedSeconds(request, refusal.statusCode) ?? minimum) < minimum ? "interval" : undefined;
}

function askedSeconds(request: SipRequest | undefined, statusCode: number): number | undefined {
  if (request === undefined) return undefined;
  if (statusCode === 422) return request.first(sessionExpires)?.seconds;
  return expirationSeconds(request, request.first(contact));
}

function askedEvidence(request: SipRequest, statusCode: number): Evidence[] {
  if (askedSeconds(request, statusCode) === undefined) return [];
  const field = statusCode === 422 ? sessionExpires : [expires, contact].find((each) => request.has(each));
  return field === undefined ? [] : [{ message: request, field }];
}
