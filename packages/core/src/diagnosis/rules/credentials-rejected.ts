import type { Chain } from "../../transaction/chain.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context, Missing, Rule, Verdict } from "../rule.ts";
import { algorithmMismatch } from "./digest-algorithm-unsupported.ts";
import {
  answeringField,
  challengesOf,
  credentialsOf,
  type GivenChallenge,
  type GivenCredentials,
  isChallenge,
} from "./challenges.ts";

/** A request with credentials for the challenge is challenged again, or refused. RFC 3261 §22.1, RFC 7616 §3.3 */
export const credentialsRejected: Rule<"chain", "credentials-rejected"> = {
  id: "credentials-rejected",
  inspects: "chain",
  citations: ["RFC 3261 §22.1", "RFC 7616 §3.3"],
  check(chain, context) {
    const rejection = rejectionOf(chain, context);
    if (rejection === undefined) return undefined;
    const { transactions } = chain;
    const last = transactions[transactions.length - 1];
    const { given, challenge, cause, verdict } = rejection;
    const response = last.finalResponse!;
    const request = last.request!;
    const origin = context.originOf(last, response);
    const { username, realm } = given.credentials;
    const before = transactions[transactions.length - 2]?.finalResponse;
    const missing: Missing[] = verdict === "certain" ? [] : [{ kind: "credentials", values: { username, realm } }];
    return {
      verdict,
      cause,
      response,
      origin,
      evidence: [
        ...(before === undefined || challenge === undefined
          ? []
          : [{ message: before, field: challenge.field, index: challenge.index }]),
        { message: request, field: given.field, index: given.index },
        response,
      ],
      missing,
      citations: verdict === "certain" ? ["RFC 7616 §3.4.1"] : [],
      values: { client: last.client.text, origin: origin.endpoint.text, realm, username },
    };
  },
};

export interface Rejection {
  readonly given: GivenCredentials;
  /** The challenge that the credentials are for, when in view. */
  readonly challenge: GivenChallenge | undefined;
  readonly cause: "wrong-password-or-user" | "proven-wrong-password" | "proven-right-password" | "nonce-mismatch";
  readonly verdict: Verdict;
}

/** The rejection of credentials at the end of a chain, if it is one. */
export function rejectionOf(chain: Chain, context: Context): Rejection | undefined {
  const { transactions } = chain;
  const last = transactions[transactions.length - 1];
  const { request, finalResponse } = last;
  if (request === undefined || finalResponse === undefined) return undefined;
  const { statusCode } = finalResponse;
  if ((!isChallenge(statusCode) && statusCode !== 403) || algorithmMismatch(chain) !== undefined) return undefined;
  const answer = refusedAnswer(last, transactions[transactions.length - 2]);
  if (answer === undefined) return undefined;
  const proof = context.provePassword(request, answer.given.credentials);
  // A 403 to credentials that count is a rule on the request, not on who sent it.
  if (statusCode === 403 && (proof === "right" || isAccepted(last, answer.given, context))) return undefined;
  if (proof === "wrong") {
    // An element in between may have rewritten a body that is part of the digest. RFC 7616 §3.4.3
    const verdict = answer.given.credentials.qop.toLowerCase() === "auth-int" ? "likely" : "certain";
    return { ...answer, cause: "proven-wrong-password", verdict };
  }
  if (!answer.fresh) return { ...answer, cause: "nonce-mismatch", verdict: "likely" };
  if (proof === "right") return { ...answer, cause: "proven-right-password", verdict: "certain" };
  return {
    ...answer,
    cause: "wrong-password-or-user",
    verdict: answer.challenge === undefined ? "indeterminate" : "likely",
  };
}

interface RefusedAnswer {
  readonly given: GivenCredentials;
  readonly challenge: GivenChallenge | undefined;
  /** The nonce is the one just given, as far as can be seen. */
  readonly fresh: boolean;
}

/** The credentials that answer the challenge before, unless the refusal says that only their nonce was stale. */
function refusedAnswer(last: Transaction, before: Transaction | undefined): RefusedAnswer | undefined {
  const refusal = last.finalResponse!;
  const demanded = challengesOf(refusal);
  const offered = before?.finalResponse === undefined ? [] : challengesOf(before.finalResponse);
  for (const given of credentialsOf(last.request!)) {
    const { realm, nonce } = given.credentials;
    const isMeant = (each: GivenChallenge): boolean =>
      each.challenge.realm === realm && answeringField(each) === given.field;
    const again = demanded.filter(isMeant);
    if (isChallenge(refusal.statusCode) && (again.length === 0 || again.some(({ challenge }) => challenge.stale)))
      continue;
    const ofRealm = offered.filter(isMeant);
    const same = ofRealm.find(({ challenge }) => challenge.nonce === nonce);
    if (same !== undefined) return { given, challenge: same, fresh: true };
    if (refusal.statusCode === 403) continue;
    // Without a challenge before in view it may be an old nonce that is used again.
    return { given, challenge: ofRealm[0], fresh: ofRealm.length === 0 };
  }
  return undefined;
}

/** The same account is let in with another request, or this request was sent on: the credentials count. */
export function isAccepted(
  last: Transaction,
  { credentials }: GivenCredentials,
  { precedents, leg }: Context,
): boolean {
  if (last.downstream.length > 0 || precedents.hasAccount(credentials.username, credentials.realm)) return true;
  return leg.roots.some(
    ({ request, finalResponse }) =>
      request !== undefined &&
      finalResponse !== undefined &&
      finalResponse.statusCode >= 200 &&
      finalResponse.statusCode < 300 &&
      credentialsOf(request).some(
        (other) => other.credentials.username === credentials.username && other.credentials.realm === credentials.realm,
      ),
  );
}
