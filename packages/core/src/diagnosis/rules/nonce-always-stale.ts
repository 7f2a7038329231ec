import { isChallenge } from "../../message/digest.ts";
import type { SipResponse } from "../../message/message.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context, Evidence, Rule } from "../rule.ts";
import { millisBetween } from "../elapsed.ts";
import { behind, logOf } from "../missing.ts";
import { challengesOf, credentialsOf, lastHopOf, SLOW_MILLIS } from "./challenges.ts";

/** Fresh nonces are called stale again and again. RFC 7616 §3.3 */
export const nonceAlwaysStale: Rule<"chain", "nonce-always-stale"> = {
  id: "nonce-always-stale",
  inspects: "chain",
  citations: ["RFC 7616 §3.3"],
  check({ transactions }, context) {
    if (transactions.length < 3) return undefined;
    const rounds = staleRounds(transactions, context);
    if (rounds.length < 2) return undefined;
    const end = transactions[transactions.length - 1].finalResponse;
    // A nonce was good in the end.
    if (end !== undefined && !isChallenge(end.statusCode)) return undefined;
    const { response, realm, transaction } = rounds[rounds.length - 1];
    const origin = context.originOf(transaction, response);
    const elsewhere = rounds.every(({ answeredBy, challengedBy }) => answeredBy !== challengedBy);
    const waits = rounds.map(({ millis }) => millis);
    const proven = elsewhere && Math.max(...waits) < SLOW_MILLIS;
    const isSlow = Math.min(...waits) >= SLOW_MILLIS;
    const log = logOf(origin.endpoint, response.callId);
    return {
      verdict: proven ? "certain" : "likely",
      cause: !elsewhere && isSlow ? "nonce-lifetime-too-short" : "servers-do-not-share-nonces",
      response,
      origin,
      evidence: rounds.flatMap(({ evidence }) => evidence),
      missing: proven ? [] : elsewhere ? [log] : [behind(origin.endpoint)],
      readings: elsewhere && isSlow ? [{ cause: "nonce-lifetime-too-short", values: {}, decidedBy: log }] : [],
      values: {
        client: transaction.client.text,
        origin: origin.endpoint.text,
        realm,
        count: rounds.length,
        millis: Math.max(...waits),
      },
    };
  },
};

/** A challenge that called the nonce stale which the challenge before had just given. */
interface StaleRound {
  readonly transaction: Transaction;
  readonly response: SipResponse;
  readonly realm: string;
  readonly millis: number;
  /** Addresses of the elements that gave the nonce and that refused it, as far down as they are seen. */
  readonly challengedBy: string;
  readonly answeredBy: string;
  readonly evidence: readonly Evidence[];
}

function staleRounds(transactions: readonly Transaction[], context: Context): StaleRound[] {
  const found: StaleRound[] = [];
  for (let i = 1; i < transactions.length; i++) {
    const round = staleRound(transactions[i - 1], transactions[i], context);
    if (round !== undefined) found.push(round);
    else if (found.length === 1) found.length = 0;
  }
  return found;
}

function staleRound(before: Transaction, transaction: Transaction, context: Context): StaleRound | undefined {
  const { request, finalResponse: response } = transaction;
  const given = before.finalResponse;
  if (request === undefined || response === undefined || given === undefined) return undefined;
  if (!isChallenge(response.statusCode) || !isChallenge(given.statusCode)) return undefined;
  const stale = challengesOf(response).find(({ challenge }) => challenge.stale);
  if (stale === undefined) return undefined;
  const { realm } = stale.challenge;
  const nonces = challengesOf(given).map(({ challenge }) => challenge.nonce);
  const answer = credentialsOf(request).find(
    ({ credentials }) => credentials.realm === realm && nonces.includes(credentials.nonce),
  );
  if (answer === undefined) return undefined;
  return {
    transaction,
    response,
    realm,
    millis: millisBetween(given, request),
    challengedBy: lastHopOf(before, context).server.text,
    answeredBy: lastHopOf(transaction, context).server.text,
    evidence: [
      { message: request, field: answer.field, index: answer.index },
      { message: response, field: stale.field, index: stale.index },
    ],
  };
}
