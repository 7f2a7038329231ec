import { authorization } from "../../message/authorization.ts";
import type { Challenge, Credentials } from "../../message/digest.ts";
import type { HeaderField } from "../../message/headerField.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { proxyAuthenticate } from "../../message/proxyAuthenticate.ts";
import { proxyAuthorization } from "../../message/proxyAuthorization.ts";
import { wwwAuthenticate } from "../../message/wwwAuthenticate.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { millisBetween } from "../elapsed.ts";
import type { Context } from "../rule.ts";

/** Slower than this a client may really be late: no server lets a nonce live for less. */
export const SLOW_MILLIS = 1000;

/** One challenge with the header field it stands in. */
export interface GivenChallenge {
  readonly challenge: Challenge;
  readonly field: HeaderField<Challenge>;
  /** Which of the lines with this field. */
  readonly index: number;
}

export interface GivenCredentials {
  readonly credentials: Credentials;
  readonly field: HeaderField<Credentials>;
  readonly index: number;
}

export function challengesOf(response: SipResponse): GivenChallenge[] {
  return [wwwAuthenticate, proxyAuthenticate].flatMap((field) =>
    response.all(field).map((challenge, index) => ({ challenge, field, index })),
  );
}

/** Without those that answer nothing: an IMS client names its user before it is asked, with an empty response. 3GPP TS 24.229 §5.1.1.2.2 */
export function credentialsOf(request: SipRequest): GivenCredentials[] {
  return [authorization, proxyAuthorization].flatMap((field) =>
    request
      .all(field)
      .map((credentials, index) => ({ credentials, field, index }))
      .filter(({ credentials }) => !isDigest(credentials) || (credentials.response !== "" && credentials.nonce !== "")),
  );
}

export function isDigest({ scheme }: Credentials | Challenge): boolean {
  return scheme.toLowerCase() === "digest";
}

/** The challenge was answered so fast that its nonce cannot have run out. False where that is not known. */
export function isPrompt(challenge: SipResponse, answer: SipRequest): boolean {
  return millisBetween(challenge, answer) < SLOW_MILLIS;
}

/** The hop furthest down on which the final response is seen, on whatever leg. */
export function lastHopOf(transaction: Transaction, { originOf }: Pick<Context, "originOf">): Transaction {
  const { finalResponse } = transaction;
  return finalResponse === undefined ? transaction : originOf(transaction, finalResponse).lastHop;
}

/** Where the credentials for a challenge belong. RFC 3261 §22.2, §22.3 */
export function answeringField({ field }: GivenChallenge): HeaderField<Credentials> {
  return field === wwwAuthenticate ? authorization : proxyAuthorization;
}

/** `MD5` where none is named. RFC 7616 §3.3 */
export function algorithmName(algorithm: string): string {
  return algorithm === "" ? "MD5" : algorithm.toUpperCase();
}
