import { isChallenge } from "../../message/digest.ts";
import type { Chain } from "../../transaction/chain.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context, Evidence, Rule } from "../rule.ts";
import { logOf } from "../missing.ts";
import { algorithmName, challengesOf, credentialsOf, type GivenChallenge, isDigest } from "./challenges.ts";
import { triedElsewhere, untilRetryIsDue } from "./retry.ts";

/** Every client knows these; RFC 8760 added others. RFC 3261 §22.4 */
const KNOWN_TO_ALL: ReadonlySet<string> = new Set(["MD5", "MD5-SESS"]);
/** Made with a SIM card: whoever is asked for it has one. 3GPP TS 33.203 §6.1 */
const OF_SIM_CARDS = /^AKAV\d+-/u;
/** Hexadecimal digits of a response that was not made with MD5, whatever it says. RFC 8760 §2.1 */
const LONGER_THAN_MD5 = 64;

/** Client and server find no digest algorithm that both know. RFC 8760 §2 */
export const digestAlgorithmUnsupported: Rule<"chain", "digest-algorithm-unsupported"> = {
  id: "digest-algorithm-unsupported",
  inspects: "chain",
  citations: ["RFC 8760 §2.1", "RFC 8760 §2.4"],
  check(chain, context) {
    const mismatch = algorithmMismatch(chain, context);
    if (mismatch === undefined) return undefined;
    const last = chain.transactions[chain.transactions.length - 1];
    const response = last.finalResponse!;
    const origin = context.originOf(last, response);
    const answered = mismatch.used !== "none";
    // Deviation: as for other challenges, a challenged OPTIONS is how a server often answers a ping.
    if (!answered && (last.method === "OPTIONS" || triedElsewhere(last, context))) return undefined;
    const missing = answered ? [] : untilRetryIsDue(response, context);
    // A refusal that asks for nothing may have another reason.
    const isRefused = answered && !isChallenge(response.statusCode);
    if (isRefused) missing.push(logOf(origin.endpoint, response.callId));
    return {
      verdict: answered && !isRefused ? "certain" : answered || missing.length === 0 ? "likely" : "indeterminate",
      response,
      origin,
      evidence: mismatch.evidence,
      missing,
      values: {
        client: last.client.text,
        origin: origin.endpoint.text,
        realm: mismatch.realm,
        offered: mismatch.offered.join(", "),
        used: mismatch.used,
      },
    };
  },
};

export interface AlgorithmMismatch {
  readonly realm: string;
  readonly offered: readonly string[];
  /** The algorithm of the answer; `none` where there was no answer. */
  readonly used: string;
  readonly evidence: readonly Evidence[];
}

/** The end of a chain that failed because of the algorithm. Other rules on the same challenge are silent then. */
export function algorithmMismatch({ transactions }: Chain, context: Context): AlgorithmMismatch | undefined {
  const last = transactions[transactions.length - 1];
  const response = last.finalResponse;
  if (response === undefined || last.request === undefined) return undefined;
  if (!isChallenge(response.statusCode) && response.statusCode !== 403 && response.statusCode !== 400) return undefined;
  const mismatch = notOffered(transactions);
  if (mismatch === undefined) return isChallenge(response.statusCode) ? onlyNewOnes(last) : undefined;
  // Who had asked let the request pass all the same: it is refused by another, for another reason.
  const asking = transactions[transactions.length - 2];
  const challenger = context.originOf(asking, asking.finalResponse!).endpoint;
  return challenger === context.originOf(last, response).endpoint ? mismatch : undefined;
}

/** The request uses an algorithm that the challenge before did not offer for this realm. */
function notOffered(transactions: readonly Transaction[]): AlgorithmMismatch | undefined {
  const { request } = transactions[transactions.length - 1];
  const before = transactions[transactions.length - 2]?.finalResponse;
  if (before === undefined || request === undefined || !isChallenge(before.statusCode)) return undefined;
  for (const { credentials, field, index } of credentialsOf(request)) {
    const challenges = ofRealm(challengesOf(before), credentials.realm);
    const used = algorithmName(credentials.algorithm);
    const offered = namesOf(challenges);
    // A nonce of another challenge means that this one was not answered at all.
    const answers = challenges.some(({ challenge }) => challenge.nonce === credentials.nonce);
    if (!answers || offered.includes(used)) continue;
    if (used === "MD5" && credentials.response.length === LONGER_THAN_MD5) continue;
    const challenge = { message: before, field: challenges[0].field, index: challenges[0].index };
    return { realm: credentials.realm, offered, used, evidence: [challenge, { message: request, field, index }] };
  }
  return undefined;
}

/** Nothing but newer algorithms is offered, and the client sends no credentials. */
function onlyNewOnes({ request, finalResponse }: Transaction): AlgorithmMismatch | undefined {
  if (finalResponse === undefined || request === undefined || credentialsOf(request).length > 0) return undefined;
  const challenges = challengesOf(finalResponse).filter(({ challenge }) => isDigest(challenge));
  const offered = namesOf(challenges);
  if (offered.length === 0 || offered.some((name) => KNOWN_TO_ALL.has(name) || OF_SIM_CARDS.test(name)))
    return undefined;
  const { challenge, field, index } = challenges[0];
  return {
    realm: challenge.realm,
    offered,
    used: "none",
    evidence: [request, { message: finalResponse, field, index }],
  };
}

function ofRealm(challenges: readonly GivenChallenge[], realm: string): GivenChallenge[] {
  return challenges.filter(({ challenge }) => challenge.realm === realm);
}

function namesOf(challenges: readonly GivenChallenge[]): string[] {
  return [...new Set(challenges.map(({ challenge }) => algorithmName(challenge.algorithm)))];
}
