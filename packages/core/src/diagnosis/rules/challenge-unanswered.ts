import { authorization } from "../../message/authorization.ts";
import { isChallenge } from "../../message/digest.ts";
import { proxyAuthorization } from "../../message/proxyAuthorization.ts";
import { securityServer } from "../../message/securityServer.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Evidence, Rule } from "../rule.ts";
import { answeringField, challengesOf, credentialsOf, type GivenChallenge } from "./challenges.ts";
import { algorithmMismatch } from "./digest-algorithm-unsupported.ts";
import { misdeliveryOf } from "./misdelivery.ts";
import { triedElsewhere, untilRetryIsDue } from "./retry.ts";

/** A 401 or 407 to which no credentials for its realm come, in the header field meant for them. RFC 3261 §22.2, §22.3 */
export const challengeUnanswered: Rule<"chain", "challenge-unanswered"> = {
  id: "challenge-unanswered",
  inspects: "chain",
  citations: ["RFC 3261 §22.2", "RFC 3261 §22.3"],
  check(chain, context) {
    const { transactions } = chain;
    const last = transactions[transactions.length - 1];
    const { request, finalResponse: response } = last;
    if (request === undefined || response === undefined || !isChallenge(response.statusCode)) return undefined;
    // Deviation: a challenged OPTIONS is how a server often answers a ping, and tells its sender all it wanted to know.
    if (last.method === "OPTIONS" || triedElsewhere(last, context)) return undefined;
    // Who never got the challenge could not answer it.
    if (misdeliveryOf(last, context.leg) !== undefined) return undefined;
    // What answers this one goes through a tunnel that a capture does not show. RFC 3329 §2.2, 3GPP TS 33.203 §7
    if (response.all(securityServer).some(({ value }) => value.toLowerCase().startsWith("ipsec"))) return undefined;
    const challenges = challengesOf(response);
    if (challenges.length === 0 || algorithmMismatch(chain, context) !== undefined) return undefined;
    const answer = wrongAnswer(transactions, response.statusCode, challenges);
    if (answer === undefined) return undefined;
    const origin = context.originOf(last, response);
    const proven = answer.cause === "other-realm" || answer.cause === "wrong-header";
    const missing = proven ? [] : untilRetryIsDue(response, context);
    return {
      verdict: proven ? "certain" : missing.length > 0 ? "indeterminate" : "likely",
      cause: answer.cause,
      response,
      origin,
      evidence: [...answer.evidence, { message: response, field: challenges[0].field, index: challenges[0].index }],
      missing,
      citations: answer.cause === "integrity-only" ? ["RFC 7616 §3.3"] : [],
      values: {
        client: last.client.text,
        sender: origin.lastHop.client.text,
        origin: origin.endpoint.text,
        method: last.method,
        inside: request.toTag === "" ? "no" : "yes",
        statusCode: response.statusCode,
        realm: challenges[0].challenge.realm,
        answered: answer.answered,
        wanted: answeringField(challenges[0]).name,
      },
    };
  },
};

interface WrongAnswer {
  readonly cause: "no-credentials" | "integrity-only" | "other-realm" | "wrong-header";
  /** The realm, or the header field, of the credentials that came. */
  readonly answered: string;
  readonly evidence: readonly Evidence[];
}

/** `undefined` where the request has the credentials that were asked for: if they are refused, that is another matter. */
function wrongAnswer(
  transactions: readonly Transaction[],
  statusCode: number,
  challenges: readonly GivenChallenge[],
): WrongAnswer | undefined {
  const request = transactions[transactions.length - 1].request!;
  const given = credentialsOf(request);
  const cause = challenges.every(asksForIntegrity) ? "integrity-only" : "no-credentials";
  const nothing: WrongAnswer = { cause, answered: "", evidence: [request] };
  if (given.length === 0) return nothing;
  const realms = challenges.map(({ challenge }) => challenge.realm);
  const forRealm = given.filter(({ credentials }) => realms.includes(credentials.realm));
  // Who answers by the status code is right too, where the challenge stands in the field of the other one.
  const fields = [...challenges.map(answeringField), statusCode === 401 ? authorization : proxyAuthorization];
  if (forRealm.some(({ field }) => fields.includes(field))) return undefined;
  // Credentials that another server on the way had asked for: this challenge is the first of its realm. RFC 3261 §22.3
  if (!wasAsked(transactions, challenges)) return nothing;
  const { credentials, field, index } = forRealm[0] ?? given[0];
  const evidence = [{ message: request, field, index }];
  if (forRealm.length > 0) return { cause: "wrong-header", answered: field.name, evidence };
  return { cause: "other-realm", answered: credentials.realm, evidence };
}

/** The body is to be protected too, which few clients can. RFC 7616 §3.3 */
function asksForIntegrity({ challenge }: GivenChallenge): boolean {
  return challenge.qop.trim().toLowerCase() === "auth-int";
}

/** It had been asked for these before, and once even sent them: each attempt needs those of all who asked. RFC 3261 §22.3 */
function wasAsked(transactions: readonly Transaction[], challenges: readonly GivenChallenge[]): boolean {
  const before = transactions[transactions.length - 2]?.finalResponse;
  const isAskedAgain = (before === undefined ? [] : challengesOf(before)).some((each) =>
    challenges.some((now) => now.challenge.realm === each.challenge.realm && now.field === each.field),
  );
  const sent = transactions
    .slice(0, -1)
    .flatMap(({ request }) => (request === undefined ? [] : credentialsOf(request)));
  return (
    isAskedAgain ||
    sent.some(({ credentials, field }) =>
      challenges.some((now) => now.challenge.realm === credentials.realm && answeringField(now) === field),
    )
  );
}
