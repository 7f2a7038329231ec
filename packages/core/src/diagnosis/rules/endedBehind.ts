import { isReliable } from "../../capture/transport.ts";
import { isChallenge } from "../../message/digest.ts";
import type { SipMessage, SipResponse } from "../../message/message.ts";
import { type Transaction, wasRefused } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";
import type { Context } from "../rule.ts";
import { isActedOn } from "./actedOn.ts";
import { deliveryFailure } from "./deliveryFailure.ts";
import { sentOn } from "./sentOn.ts";
import { targetInVain } from "./targetInVain.ts";

/** What an element makes of it that no final response came from where it had sent the request. */
export const MADE_OF_WAITING: ReadonlySet<number> = new Set([404, 408, 410, 480, 486, 500, 503, 504, 600, 603, 604]);

/** These say so. RFC 3261 §21.4.9, §21.5.5 */
export const TIMED_OUT: ReadonlySet<number> = new Set([408, 504]);

/** Shorter than this nobody waits for an answer. */
const SHORTEST_WAIT_MICROS = 1_000_000;

/** Why an element gave an answer of its own to a request that it had sent on. */
export interface EndedBehind {
  /** It had got another refusal there, no response at all, or no final one. */
  readonly kind: "refused" | "silent" | "unfinished";
  /** Where it had sent the request last of all. */
  readonly hop: Transaction;
}

/** What happened behind the element that answered tells why; the answer is only what it made of that. Guard G7. */
export function endedBehind(answer: Answer, context: Context): EndedBehind | undefined {
  const { minted } = answer;
  // Answers that ask the client to do something are an element's own, whatever led to them. RFC 3261 §21.3
  if (isChallenge(minted.statusCode)) return undefined;
  if (minted.statusCode < 400) return followedInVain(answer, context);
  const tried = sentOn(answer, context);
  if (tried.length === 0) return undefined;
  const refused = tried
    .filter((hop) => wasRefused(hop) && endOf(hop) <= minted.packet.timeMicros && !isActedOn(hop, tried))
    .toSorted((a, b) => endOf(a) - endOf(b))
    .at(-1);
  const sinceMicros = refused === undefined ? Number.NEGATIVE_INFINITY : endOf(refused);
  const later = tried.filter(({ first }) => first.packet.timeMicros >= sinceMicros);
  const waitedFor = MADE_OF_WAITING.has(minted.statusCode) ? later : [];
  const silent = waitedFor.findLast((hop) => isSilentUntil(minted, hop, context));
  if (silent !== undefined) return { kind: "silent", hop: silent };
  const unfinished = waitedFor.findLast((hop) => isUnfinishedAt(minted, hop));
  if (unfinished !== undefined) return { kind: "unfinished", hop: unfinished };
  return refused && { kind: "refused", hop: refused };
}

/** A redirect that leads to where it was followed on the way already. */
function followedInVain(answer: Answer, context: Context): EndedBehind | undefined {
  const hop = targetInVain(answer, context);
  if (hop === undefined) return undefined;
  if (wasRefused(hop)) return endOf(hop) <= answer.response.packet.timeMicros ? { kind: "refused", hop } : undefined;
  return isSilentUntil(answer.response, hop, context) ? { kind: "silent", hop } : undefined;
}

function endOf({ finalResponse }: Transaction): number {
  return finalResponse?.packet.timeMicros ?? Number.POSITIVE_INFINITY;
}

/** Over UDP only its repetition shows that nothing came, elsewhere the time: an answer may have passed outside of the capture. RFC 3261 §17.1.1.2 */
function isSilentUntil(minted: SipResponse, hop: Transaction, context: Context): boolean {
  const { requests, responses, acks, first } = hop;
  if (hop.request === undefined || responses.length > 0 || acks.length > 0) return false;
  const sent = requests.filter(({ packet }) => packet.timeMicros <= minted.packet.timeMicros);
  const hasWaited = isReliable(first.packet.transport) && !isSooner(minted.packet.timeMicros, first);
  return sent.length > 1 || (sent.length > 0 && hasWaited) || isUndelivered(minted, hop, context);
}

/** It was being tried, and no final response had come when the element gave its answer, or ended it; the one to its CANCEL follows. RFC 3261 §16.8 */
function isUnfinishedAt({ packet }: SipResponse, { request, first, responses, acks, cancel }: Transaction): boolean {
  const untilMicros = Math.min(packet.timeMicros, cancel?.request?.packet.timeMicros ?? packet.timeMicros);
  if (request === undefined || isSooner(untilMicros, first)) return false;
  const before = responses.filter((seen) => seen.packet.timeMicros <= untilMicros);
  if (acks.some((ack) => ack.packet.timeMicros <= untilMicros)) return false;
  return before.length > 0 && before.every(({ statusCode }) => statusCode < 200);
}

/** Than anybody would have waited for an answer to this. */
function isSooner(untilMicros: number, { packet }: SipMessage): boolean {
  return untilMicros - packet.timeMicros < SHORTEST_WAIT_MICROS;
}

function isUndelivered({ packet }: SipResponse, hop: Transaction, context: Context): boolean {
  const failure = deliveryFailure(hop, context);
  return failure !== undefined && failure.timeMicros <= packet.timeMicros;
}
