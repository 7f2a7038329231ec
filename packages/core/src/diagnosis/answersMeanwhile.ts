import type { AskedRequest } from "../call/unansweredRequests.ts";
import type { SipResponse } from "../message/message.ts";
import { parseMessage } from "../message/parseMessage.ts";
import { detached, type Endpoint, type Packet } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { T1, timerB } from "../transaction/timers.ts";
import type { Transaction } from "../transaction/transaction.ts";

/** Servers, those used least recently forgotten first; the latest requests that wait at each, calls with something found, and answers for one. */
const MAX_SERVERS = 10_000;
const MAX_WAITING = 512;
const MAX_CALLS = 4_000;
const MAX_PER_CALL = 8;
const NOTHING: readonly Packet[] = [];

interface Waiting {
  readonly callId: string;
  /** The address of the client. */
  readonly client: string;
  readonly sinceMicros: number;
  /** What the server answered to another client in the meantime. */
  answer: Packet | undefined;
}

/**
 * Finds what a server answered while another request, which gets no answer at all, waited there: it is up, and something drops that one. Fed as
 * messages arrive: the call of the answer may still be open when the silent one is judged.
 */
export class AnswersMeanwhile {
  /** By server. */
  readonly #waiting = new RecentMap<Endpoint, Waiting[]>(MAX_SERVERS);
  /** By Call-ID of the request that waited. */
  readonly #found: Map<string, readonly Packet[]> = new Map();

  /** A request that has got no response in T1. */
  waits({ callId, client: { address: client }, server, sinceMicros }: AskedRequest): void {
    const waiting = this.#waiting.get(server) ?? [];
    if (waiting.length === 0) this.#waiting.set(server, waiting);
    const before = waiting.findIndex((request) => request.callId === callId && request.client === client);
    if (before >= 0) waiting.splice(before, 1);
    if (waiting.length >= MAX_WAITING) waiting.shift();
    waiting.push({ callId, client, sinceMicros, answer: undefined });
  }

  /** A response; the requests that wait by then are known. */
  heard(packet: Packet, callId: string): void {
    const waiting = this.#waiting.size === 0 ? undefined : this.#waiting.get(packet.source);
    if (waiting === undefined) return;
    let left = 0;
    for (const request of waiting) if (this.#waitsOn(request, packet, callId)) waiting[left++] = request;
    waiting.length = left;
    if (left === 0) this.#waiting.delete(packet.source);
  }

  /** Responses of servers to other calls, while a request of this one waited there. One for each request, to the same client where there is one. */
  of(callId: string): readonly Packet[] {
    return this.#found.get(callId) ?? NOTHING;
  }

  /** The call is over and judged. */
  forget(callId: string): void {
    this.#found.delete(callId);
  }

  /** An answer to another client is kept until there is one to the same. */
  #waitsOn(request: Waiting, packet: Packet, callId: string): boolean {
    const waited = packet.timeMicros - request.sinceMicros;
    if (request.callId === callId || waited > timerB) return false;
    const isToClient = packet.destination.address === request.client;
    if (waited >= T1 && (isToClient || request.answer === undefined)) this.#note(request, packet);
    return waited < T1 || !isToClient;
  }

  #note(request: Waiting, packet: Packet): void {
    const found = this.of(request.callId);
    if (found.length >= MAX_PER_CALL || (found.length === 0 && this.#found.size >= MAX_CALLS)) return;
    const others = found.filter((each) => each !== request.answer);
    request.answer = detached(packet);
    this.#found.set(request.callId, [...others, request.answer]);
  }
}

/** The one of these that the server of this transaction gave while the request waited there. */
export function answerMeanwhile(answers: readonly Packet[], { server, first }: Transaction): SipResponse | undefined {
  const answer = answers.find(({ source, timeMicros }) => {
    const waited = timeMicros - first.packet.timeMicros;
    return source === server && waited >= T1 && waited <= timerB;
  });
  const message = answer && parseMessage(answer);
  return message?.kind === "response" ? message : undefined;
}
