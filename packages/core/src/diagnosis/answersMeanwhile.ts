import type { SipResponse } from "../message/message.ts";
import { parseMessage } from "../message/parseMessage.ts";
import { detached, type Endpoint, type Packet } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { T1, timerB } from "../transaction/timers.ts";
import type { Transaction } from "../transaction/transaction.ts";

/** Servers that are asked, those used least recently forgotten first; what is remembered of each, and calls with something found. */
const MAX_SERVERS = 10_000;
const MAX_CLIENTS = 512;
const MAX_OF_CLIENT = 64;
const MAX_UNSEEN = 512;
const MAX_CALLS = 4_000;
const MAX_PER_CALL = 8;
const NOTHING: readonly Packet[] = [];

/** A request outside of a dialog that was sent again and has got no response yet. */
interface Waiting {
  readonly callId: string;
  /** When it was sent again first. */
  readonly sinceMicros: number;
  /** What the server answered to another client in the meantime. */
  answer: Packet | undefined;
  isOver: boolean;
}

/** What waits at one server. */
interface Server {
  /** By the client's address. */
  readonly clients: Map<string, Waiting[]>;
  /** In order of time, those during which the server has answered nobody yet. */
  readonly unseen: Waiting[];
}

/**
 * Finds what a server answered while another request, which gets no answer at all, waited there: it is up, and something drops that one. Fed as
 * messages arrive: the call of the answer may still be open when the silent one is judged.
 */
export class AnswersMeanwhile {
  readonly #servers = new RecentMap<Endpoint, Server>(MAX_SERVERS);
  /** By Call-ID of the request that waited. */
  readonly #found: Map<string, readonly Packet[]> = new Map();

  /** A request outside of a dialog that is sent again, as no response has come. */
  repeated({ source, destination, timeMicros, untimed }: Packet, callId: string): void {
    const isFound = this.of(callId).some(
      (found) => found.source === destination && found.destination.address === source.address,
    );
    if (untimed === true || isFound) return;
    let server = this.#servers.get(destination);
    if (server === undefined) this.#servers.set(destination, (server = { clients: new Map(), unseen: [] }));
    const { clients, unseen } = server;
    const known = clients.get(source.address);
    if (known?.some((each) => each.callId === callId) === true) return;
    const request: Waiting = { callId, sinceMicros: timeMicros, answer: undefined, isOver: false };
    if (known !== undefined) pushLatest(known, request, MAX_OF_CLIENT);
    else if (clients.size < MAX_CLIENTS) clients.set(source.address, [request]);
    pushLatest(unseen, request, MAX_UNSEEN);
  }

  /** A response. */
  heard(packet: Packet, callId: string): void {
    const server = this.#servers.size === 0 ? undefined : this.#servers.get(packet.source);
    if (server === undefined) return;
    const { clients, unseen } = server;
    const { address } = packet.destination;
    const ofClient = clients.get(address);
    if (ofClient !== undefined) {
      for (const request of ofClient) {
        const isItsOwn = request.callId === callId;
        if (!isItsOwn && waitedFor(request, packet) < T1) continue;
        request.isOver = true;
        if (!isItsOwn) this.#note(request, packet);
      }
      dropOver(ofClient);
      if (ofClient.length === 0) clients.delete(address);
    }
    while (unseen.length > 0 && (unseen[0].isOver || waitedFor(unseen[0], packet) >= T1)) {
      const request = unseen.shift()!;
      if (!request.isOver) this.#note(request, packet);
    }
    if (clients.size === 0 && unseen.length === 0) this.#servers.delete(packet.source);
  }

  /** Responses of servers to other calls, while a request of this one waited there. One for each request, to the same client where there is one. */
  of(callId: string): readonly Packet[] {
    return this.#found.get(callId) ?? NOTHING;
  }

  /** The call is over and judged. */
  forget(callId: string): void {
    this.#found.delete(callId);
  }

  #note(request: Waiting, packet: Packet): void {
    const waited = waitedFor(request, packet);
    if (waited < T1 || waited > timerB) return;
    const found = this.of(request.callId);
    if (found.length >= MAX_PER_CALL || (found.length === 0 && this.#found.size >= MAX_CALLS)) return;
    const others = found.filter((each) => each !== request.answer);
    request.answer = detached(packet);
    this.#found.set(request.callId, [...others, request.answer]);
  }
}

function pushLatest<T>(list: T[], item: T, most: number): void {
  if (list.length >= most) list.shift();
  list.push(item);
}

/** In place: most often all are over. */
function dropOver(requests: Waiting[]): void {
  let left = 0;
  for (const request of requests) if (!request.isOver) requests[left++] = request;
  requests.length = left;
}

function waitedFor({ sinceMicros }: Waiting, { timeMicros }: Packet): number {
  return timeMicros - sinceMicros;
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
