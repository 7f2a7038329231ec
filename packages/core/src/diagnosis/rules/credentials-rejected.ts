import { type Credentials, isChallenge } from "../../message/digest.ts";
import { from } from "../../message/from.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { reasonCauseOf } from "../../message/q850Cause.ts";
import { to } from "../../message/to.ts";
import { parseUri, uriWithoutParameters } from "../../message/uri.ts";
import type { Endpoint } from "../../network/packet.ts";
import type { Chain } from "../../transaction/chain.ts";
import { hops, isSuccess, ringing, type Transaction } from "../../transaction/transaction.ts";
import type { PasswordProof } from "../passwordProof.ts";
import type { Context, Missing, Reading, Rule, Verdict } from "../rule.ts";
import { microsBetween } from "../elapsed.ts";
import { logOf } from "../missing.ts";
import { algorithmMismatch } from "./digest-algorithm-unsupported.ts";
import { untilRetryIsDue } from "./retry.ts";
import {
  answeringField,
  challengesOf,
  credentialsOf,
  type GivenChallenge,
  type GivenCredentials,
  isDigest,
  isPrompt,
  lastHopOf,
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
    const { given, challenge, challenger, isNested, nonce, proof, cause, verdict } = rejection;
    const response = last.finalResponse!;
    const request = last.request!;
    const origin = context.originOf(last, response);
    const { username, realm } = given.credentials;
    const before = transactions[transactions.length - 2]?.finalResponse;
    const password: Missing = { kind: "credentials", values: { username, realm } };
    const log = logOf(origin.endpoint, request.callId);
    // Where the digest is known to be right, only the server knows what it did not like.
    const isRight = proof === "right" || challenger?.address === origin.lastHop.client.address;
    const untilRetry = nonce === "unseen" ? untilRetryIsDue(response, context) : [];
    const decidedBy = isRight ? [...untilRetry, log] : [password];
    const readings: Reading[] = [{ cause: "wrong-password-or-user", values: {}, decidedBy: password }];
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
      missing: verdict === "certain" ? [] : decidedBy,
      readings: challenger === undefined || cause !== "nonce-mismatch" || isRight ? [] : readings,
      citations: verdict === "certain" ? ["RFC 7616 §3.4.1"] : [],
      values: {
        client: last.client.text,
        origin: origin.endpoint.text,
        realm,
        username,
        said: identityDiffers(request, given) ? uriWithoutParameters(saidIn(request)) : "none",
        nonce,
        challenger: challenger?.text ?? "none",
        challenged: challenger === undefined ? "once" : isNested === true ? "twice" : "elsewhere",
      },
    };
  },
};

export interface Rejection extends RefusedAnswer {
  readonly proof: PasswordProof;
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
  if ((!isChallenge(statusCode) && statusCode !== 403) || algorithmMismatch(chain, context) !== undefined)
    return undefined;
  const answer = refusedAnswer(last, transactions, context);
  if (answer === undefined) return undefined;
  const proof = context.provePassword(request, answer.given.credentials);
  if (statusCode === 403 && isRuleOnRequest(last, answer.given, proof, context)) return undefined;
  return { ...answer, proof, ...verdictOn(answer, proof, last, transactions.at(-2)) };
}

function verdictOn(
  { given, nonce, challenger }: RefusedAnswer,
  proof: PasswordProof,
  last: Transaction,
  before: Transaction | undefined,
): Pick<Rejection, "cause" | "verdict"> {
  if (proof === "wrong") {
    // An element in between may have rewritten a body that is part of the digest. RFC 7616 §3.4.3
    const isWhole = given.credentials.qop.toLowerCase() !== "auth-int";
    return { cause: "proven-wrong-password", verdict: isWhole ? "certain" : "likely" };
  }
  if (nonce === "other" || challenger !== undefined) return { cause: "nonce-mismatch", verdict: "likely" };
  const cause = proof === "right" ? "proven-right-password" : "wrong-password-or-user";
  if (nonce === "unseen") return { cause, verdict: "indeterminate" };
  // Not every server says of a nonce that has run out that it is stale, and after a provisional response another server may have refused it.
  const isAtOnce = nonce === "fresh" && last.responses[0] === last.finalResponse && hasNotGoneOn(last, before);
  // Many a server challenges anew where the account is not that of who the request says it is from.
  const isProven = proof === "right" && isAtOnce && !identityDiffers(last.request!, given);
  return { cause, verdict: isProven ? "certain" : "likely" };
}

/** An INVITE that is sent on to another server takes longer than the challenge before: the 100 that says so may be what the capture missed. */
function hasNotGoneOn(last: Transaction, before: Transaction | undefined): boolean {
  if (last.method !== "INVITE") return true;
  const [challenged, refused] = [before, last].map((each) =>
    each?.request === undefined || each.finalResponse === undefined
      ? Number.NaN
      : microsBetween(each.request, each.finalResponse),
  );
  return refused <= 2 * challenged;
}

interface RefusedAnswer {
  readonly given: GivenCredentials;
  /** The challenge that the credentials are for, when in view. */
  readonly challenge: GivenChallenge | undefined;
  /** The one just given, at once or late; another one; or it cannot be seen, and may be an old one that is used again. */
  readonly nonce: "fresh" | "late" | "other" | "unseen";
  /** The element that gave the nonce, where it is not the one that refuses it. */
  readonly challenger: Endpoint | undefined;
  /** The two lie on one way: what one challenges has passed the other. */
  readonly isNested?: boolean;
}

/** The credentials that answer the challenge before, unless the refusal says that only their nonce was stale. */
function refusedAnswer(
  last: Transaction,
  transactions: readonly Transaction[],
  context: Context,
): RefusedAnswer | undefined {
  const before = transactions.at(-2);
  const request = last.request!;
  const refusal = last.finalResponse!;
  const demanded = challengesOf(refusal);
  const asked = before?.finalResponse;
  const offered = asked === undefined ? [] : challengesOf(asked);
  for (const given of credentialsOf(request)) {
    const { realm, nonce } = given.credentials;
    const isMeant = (each: GivenChallenge): boolean =>
      each.challenge.realm === realm && answeringField(each) === given.field;
    const again = demanded.filter(isMeant);
    // Other schemes take more than one round by their nature.
    if (!isDigest(given.credentials)) continue;
    if (isChallenge(refusal.statusCode) && (again.length === 0 || again.some(({ challenge }) => challenge.stale)))
      continue;
    const ofRealm = offered.filter(isMeant);
    const same = ofRealm.find(({ challenge }) => challenge.nonce === nonce);
    if (same !== undefined) {
      const challenger = refusal.statusCode === 403 ? undefined : otherChallenger(before!, last, context);
      const isTakenOut = challenger !== undefined && !carries(lastHopOf(last, context), nonce);
      // Who challenged let the request pass, and took its credentials out: the next one never got any, unless it asks again. RFC 3261 §22.3
      if (isTakenOut && !hasAskedBefore(last, transactions, context)) continue;
      const isNested = challenger !== undefined && isOnOneWay(before!, last, context);
      return { given, challenge: same, nonce: isPrompt(asked!, request) ? "fresh" : "late", challenger, isNested };
    }
    if (refusal.statusCode === 403) continue;
    return { given, challenge: ofRealm[0], nonce: ofRealm.length === 0 ? "unseen" : "other", challenger: undefined };
  }
  return undefined;
}

/** The element that refuses has challenged this client before. */
function hasAskedBefore(last: Transaction, transactions: readonly Transaction[], context: Context): boolean {
  const { server } = lastHopOf(last, context);
  return transactions.some((other) => other !== last && lastHopOf(other, context).server === server);
}

/** One of the two challenges came through the element that gave the other. */
function isOnOneWay(before: Transaction, last: Transaction, context: Context): boolean {
  const servers = [before, last].map((each) => hops(each).map(({ server }) => server));
  const ends = [before, last].map((each) => lastHopOf(each, context).server);
  return servers[0].includes(ends[1]) || servers[1].includes(ends[0]);
}

function otherChallenger(before: Transaction, last: Transaction, context: Context): Endpoint | undefined {
  const challenger = lastHopOf(before, context).server;
  return challenger.text === lastHopOf(last, context).server.text ? undefined : challenger;
}

function carries({ request }: Transaction, nonce: string): boolean {
  return request !== undefined && credentialsOf(request).some(({ credentials }) => credentials.nonce === nonce);
}

/** A 403 to credentials that count, or that are not of who the request says it is from, is not for the password's sake. */
function isRuleOnRequest(last: Transaction, given: GivenCredentials, proof: PasswordProof, context: Context): boolean {
  if (proof === "right" || isAccepted(last, given, context)) return true;
  // The telephone network refused it. RFC 3398 §7.2.4.1
  if (reasonCauseOf(last.finalResponse!) !== undefined) return true;
  // An account often has another name than the number that registers with it.
  const mayDiffer = last.method === "REGISTER" && !saysOtherIdentity(last.finalResponse!);
  return proof === "unknown" && !mayDiffer && identityDiffers(last.request!, given);
}

/** The scripts that come with Kamailio and OpenSIPS say `Forbidden auth ID` of who has shown the right password for another user. */
export function saysOtherIdentity({ reasonPhrase }: SipResponse): boolean {
  return /\bauth id\b/iu.test(reasonPhrase);
}

/** The address of record is neither the user that was authenticated nor in the realm. */
export function identityDiffers(request: SipRequest, { credentials }: GivenCredentials): boolean {
  const uri = parseUri(saidIn(request));
  if (uri === undefined) return false;
  const [user] = credentials.username.split("@");
  return uri.user !== user && uri.user !== credentials.username;
}

/** The address of record for which the request was sent. RFC 3261 §10.2 */
function saidIn(request: SipRequest): string {
  return request.first(request.method === "REGISTER" ? to : from)?.uri ?? "";
}

/** The same account is let in with another request, or this request got past the element that asked for the credentials: they count. */
export function isAccepted(last: Transaction, given: GivenCredentials, context: Context): boolean {
  const { precedents, leg } = context;
  const { credentials } = given;
  if (ringing(last) !== undefined || isPastChallenger(last, given, context)) return true;
  if (precedents.hasAccount(credentials.username, credentials.realm) || isRegisteredFrom(last, context)) return true;
  return leg.roots.some(
    ({ request, finalResponse }) =>
      request !== undefined &&
      finalResponse !== undefined &&
      isSuccess(finalResponse) &&
      credentialsOf(request).some(
        (other) => other.credentials.username === credentials.username && other.credentials.realm === credentials.realm,
      ),
  );
}

/** Who asked for the credentials sent the request on, or another element refuses it. What only passed the challenge on proves nothing. */
function isPastChallenger(last: Transaction, { credentials }: GivenCredentials, context: Context): boolean {
  const asked = context.call.legs
    .flatMap(({ roots }) => roots)
    .find(({ finalResponse }) => finalResponse !== undefined && isChallengeFor(finalResponse, credentials));
  if (asked === undefined) return false;
  const { endpoint: challenger } = context.originOf(asked, asked.finalResponse!);
  if (hops(last).some(({ server, downstream }) => server === challenger && downstream.length > 0)) return true;
  return context.originOf(last, last.finalResponse!).endpoint !== challenger;
}

function isChallengeFor(response: SipResponse, { realm, nonce }: Credentials): boolean {
  return challengesOf(response).some(({ challenge }) => challenge.realm === realm && challenge.nonce === nonce);
}

/** The server lets the client be registered as the one whom the request is from. */
function isRegisteredFrom(
  { client, server, method, request, finalResponse }: Transaction,
  { registrations }: Context,
): boolean {
  if (method === "REGISTER") return false;
  const refusedMicros = finalResponse!.packet.timeMicros;
  return registrations
    .statesOf(request?.first(from)?.uri ?? "")
    .some(
      (state) =>
        state.client.host === client.host &&
        state.edge.host === server.host &&
        state.bindings.some(({ endsMicros }) => endsMicros > refusedMicros),
    );
}
