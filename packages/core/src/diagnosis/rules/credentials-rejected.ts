import type { Challenge, Credentials } from "../../message/digest.ts";
import { authorization } from "../../message/authorization.ts";
import type { HeaderField } from "../../message/headerField.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { proxyAuthenticate } from "../../message/proxyAuthenticate.ts";
import { proxyAuthorization } from "../../message/proxyAuthorization.ts";
import { wwwAuthenticate } from "../../message/wwwAuthenticate.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Rule } from "../rule.ts";

/** A request with credentials for the challenge is challenged again, or refused. RFC 3261 §22.1, RFC 7616 §3.3 */
export const credentialsRejected: Rule<"chain", "credentials-rejected"> = {
  id: "credentials-rejected",
  inspects: "chain",
  citations: ["RFC 3261 §22.1", "RFC 7616 §3.3"],
  check({ transactions }, context) {
    const last = transactions[transactions.length - 1];
    const { request, finalResponse } = last;
    if (request === undefined || finalResponse === undefined || !refuses(finalResponse.statusCode)) return undefined;
    const before = transactions[transactions.length - 2] ?? undefined;
    const answered = answeredChallenge(request, before, last, finalResponse);
    if (answered === undefined) return undefined;
    const { credentials, field, cause } = answered;
    const origin = context.originOf(last, finalResponse);
    return {
      verdict: "likely",
      cause,
      response: finalResponse,
      origin,
      evidence: [
        ...(before?.finalResponse === undefined ? [] : [challengeEvidence(before.finalResponse)]),
        { message: request, field },
        finalResponse,
      ],
      missing: [{ kind: "credentials", values: { username: credentials.username, realm: credentials.realm } }],
      values: {
        client: last.client.text,
        origin: origin.endpoint.text,
        realm: credentials.realm,
        username: credentials.username,
      },
    };
  },
};

function refuses(statusCode: number): boolean {
  return statusCode === 401 || statusCode === 407 || statusCode === 403;
}

interface Answered {
  readonly credentials: Credentials;
  readonly field: HeaderField<Credentials>;
  readonly cause: "wrong-password-or-user" | "nonce-mismatch";
}

/** The credentials that answer the challenge before, unless the refusal says that only their nonce was stale. */
function answeredChallenge(
  request: SipRequest,
  before: Transaction | undefined,
  last: Transaction,
  refusal: SipResponse,
): Answered | undefined {
  const challenge = before?.finalResponse === undefined ? undefined : firstChallenge(before.finalResponse);
  if (challenge === undefined) return undefined;
  for (const field of [authorization, proxyAuthorization]) {
    const credentials = request.all(field).find(({ realm }) => realm === challenge.realm);
    if (credentials === undefined || saysStale(refusal, credentials)) continue;
    const cause = credentials.nonce === challenge.nonce ? "wrong-password-or-user" : "nonce-mismatch";
    return last.finalResponse?.statusCode === 403 && cause === "nonce-mismatch"
      ? undefined
      : { credentials, field, cause };
  }
  return undefined;
}

function firstChallenge(response: SipResponse): Challenge | undefined {
  return response.first(wwwAuthenticate) ?? response.first(proxyAuthenticate);
}

function saysStale(refusal: SipResponse, { realm }: Credentials): boolean {
  return [...refusal.all(wwwAuthenticate), ...refusal.all(proxyAuthenticate)].some(
    (challenge) => challenge.realm === realm && challenge.stale,
  );
}

function challengeEvidence(response: SipResponse): { message: SipResponse; field: HeaderField<Challenge> } {
  return { message: response, field: response.has(wwwAuthenticate) ? wwwAuthenticate : proxyAuthenticate };
}
