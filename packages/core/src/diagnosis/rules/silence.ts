import type { Leg } from "../../call/leg.ts";
import type { SipMessage, SipRequest } from "../../message/message.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";
import { challengesOf, credentialsOf } from "./challenges.ts";

/** Two retransmissions show that the client waits and gets nothing: at 0, T1 and 3*T1. RFC 3261 §17.1.1.2 */
const SENDINGS_THAT_SHOW_SILENCE = 3;

/** True where no response at all is in view, neither on this hop nor behind it, and nothing shows that one came all the same. */
export function isSilent(transaction: Transaction, context: Context): boolean {
  const { responses, downstream, requests, first } = transaction;
  if (requests.length === 1 && isShort(first)) return false;
  if (responses.length > 0 || downstream.some((hop) => hop.responses.length > 0)) return false;
  return !isAnsweredOutOfView(transaction, context);
}

/** The header of a message: where less was captured of one, nothing may tell what its answer answers. */
const HEADER_BYTES = 1000;

function isShort({ packet }: SipMessage): boolean {
  return packet.cut && packet.end - packet.start < HEADER_BYTES;
}

/**
 * Answers on this way are not in the capture, but what follows from one is: an ACK, the tag of the other side in a later request of
 * either, or credentials for a nonce that the client had not had. A tag that came with an answer in view is that of another branch or attempt.
 * RFC 3261 §12.1, §13.2.2.4, §17.1.1.3, §22.1
 */
export function isAnsweredOutOfView(transaction: Transaction, { leg }: Context): boolean {
  let ways = known.get(leg);
  if (ways === undefined) known.set(leg, (ways = waysWithUnseenAnswers(leg)));
  return ways.has(wayOf(transaction));
}

/** Found once for a leg: every silent request asks for it. */
const known: WeakMap<Leg, ReadonlySet<string>> = new WeakMap();

function waysWithUnseenAnswers({ transactions }: Leg): ReadonlySet<string> {
  const { acks, tagged } = unseenAnswersOf(transactions);
  const nonces = unseenNoncesOf(transactions);
  const ways = new Set<string>();
  for (const transaction of transactions) {
    const { request, responses, index, cseqNumber } = transaction;
    if (request === undefined || request.fromTag === "" || responses.length > 0 || transaction.method === "ACK")
      continue;
    const isAcknowledged = transaction.acks.length > 0 || isAfter(acks.get(`${cseqNumber} ${request.fromTag}`), index);
    const isInDialog = request.toTag === "" && isAfter(tagged.get(request.fromTag), index);
    const isChallenged = isAskedAgainWith(nonces.get(chainOf(request)), request, index);
    if (isAcknowledged || isInDialog || isChallenged) ways.add(wayOf(transaction));
  }
  return ways;
}

function wayOf({ client, server }: Transaction): string {
  return `${client.address} ${server.text}`;
}

function isAfter(place: number | undefined, index: number): boolean {
  return place !== undefined && place > index;
}

/** The place of the latest transaction that follows from an answer which is not in view: ACKs by CSeq number and From tag, others by the tag of who got it. */
function unseenAnswersOf(transactions: Leg["transactions"]) {
  const given = new Set<string>();
  for (const { cseqNumber, responses } of transactions) {
    for (const { toTag } of responses) given.add(toTag).add(`${cseqNumber} ${toTag}`);
  }
  const acks = new Map<string, number>();
  const tagged = new Map<string, number>();
  for (const { request, method, cseqNumber, index } of transactions) {
    if (request === undefined || request.toTag === "") continue;
    const { fromTag, toTag } = request;
    if (method === "ACK") {
      if (!given.has(`${cseqNumber} ${toTag}`)) acks.set(`${cseqNumber} ${fromTag}`, index);
      continue;
    }
    if (!given.has(toTag)) tagged.set(fromTag, index);
    if (!given.has(fromTag)) tagged.set(toTag, index);
  }
  return { acks, tagged };
}

interface GivenNonce {
  readonly nonce: string;
  /** The place of the transaction that uses it. */
  readonly index: number;
}

/** For each request that is sent again: the nonce that was used last, where the challenge that gave it is not in view. */
function unseenNoncesOf(transactions: Leg["transactions"]): Map<string, GivenNonce> {
  const found = new Map<string, GivenNonce>();
  for (const { request, index } of transactions) {
    const [given] = request === undefined ? [] : credentialsOf(request);
    if (request !== undefined && given !== undefined)
      found.set(chainOf(request), { nonce: given.credentials.nonce, index });
  }
  if (found.size === 0) return found;
  const challenges = transactions.flatMap(({ responses }) => responses.flatMap(challengesOf));
  const seen = new Set(challenges.map(({ challenge }) => challenge.nonce));
  for (const [chain, { nonce }] of found) if (nonce === "" || seen.has(nonce)) found.delete(chain);
  return found;
}

function isAskedAgainWith(given: GivenNonce | undefined, request: SipRequest, index: number): boolean {
  if (given === undefined || given.index <= index) return false;
  return !credentialsOf(request).some(({ credentials }) => credentials.nonce === given.nonce);
}

function chainOf({ method, fromTag, packet }: SipRequest): string {
  return `${method} ${fromTag} ${packet.source.address}`;
}

/** How long a request was watched, in microseconds, and what that shows of the silence after it. Guard G1. */
export interface Watch {
  readonly watchedMicros: number;
  /** Retransmissions, or the end of timer B or F, show that the client got nothing. */
  readonly shown: boolean;
  /** The client's own timer ran out within the capture. */
  readonly expired: boolean;
}

export function watchOf({ first, requests }: Transaction, { observedUntilMicros }: Context): Watch {
  const watchedMicros = observedUntilMicros - first.packet.timeMicros;
  const expired = watchedMicros >= timerB;
  return { watchedMicros, shown: expired || requests.length >= SENDINGS_THAT_SHOW_SILENCE, expired };
}
