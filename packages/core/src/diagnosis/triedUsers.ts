import { parseMessage } from "../message/parseMessage.ts";
import type { MessagePeek } from "../message/peekMessage.ts";
import type { SipResponse } from "../message/message.ts";
import { to } from "../message/to.ts";
import { parseUri, userWithoutParameters } from "../message/uri.ts";
import { via } from "../message/via.ts";
import { detached, type Endpoint, type Packet } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { timerB } from "../transaction/timers.ts";
import { isSuccess } from "../transaction/transaction.ts";
import { scannerOf } from "./rules/scannerName.ts";

/** Pairs of client and server remembered, those used least recently forgotten first. */
const MAX_PAIRS = 10_000;
/** Of these, the ones that were refused: their users are remembered too. */
const MAX_TRIED = 1000;
/** Users of one client told from each other, and by how much of their names. */
const MAX_USERS = 200;
const MAX_NAME = 64;
/** Clients that are told. */
const MAX_SUSPECTS = 100;
/** Fewer users may be the phones of a family or a small office. */
const LEAST_USERS = 8;

/** An address for which a server took nothing, whoever was asked for. */
export interface TriedClient {
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly users: ReadonlySet<string>;
  readonly statusCodes: ReadonlySet<number>;
  readonly first: SipResponse;
  /** With which there were enough. */
  readonly decisive: SipResponse;
}

interface Tried {
  readonly first: SipResponse;
  readonly users: Set<string>;
  readonly statusCodes: Set<number>;
  /** Its requests have been looked at: whether it names itself as a scanner, which is told with each of them. */
  isSeen: boolean;
}

/** Refused requests by who sent them. A client of which the server took anything is none to be told of. */
export class TriedUsers {
  /** Of which something was taken, or which are told otherwise. */
  readonly #leftOut = new RecentMap<string, true>(MAX_PAIRS, () => this.#leftOutLast.clear());
  /** By client the server with which it was left out last: most messages are between such two, and looking for endpoints makes no text. */
  readonly #leftOutLast = new RecentMap<Endpoint, Endpoint>(MAX_PAIRS);
  readonly #tried = new RecentMap<string, Tried>(MAX_TRIED);
  readonly #suspects: Map<string, TriedClient> = new Map();
  readonly #taken: WeakSet<TriedClient> = new WeakSet();

  push(packet: Packet, peek: MessagePeek): void {
    if (!ASKING.has(peek.method)) return;
    const { source, destination } = packet;
    const isRequest = peek.kind === "request";
    if (this.#leftOutLast.get(isRequest ? source : destination) === (isRequest ? destination : source)) return;
    if (isRequest) this.#see(packet);
    else if (isTaken(peek)) this.#leaveOut(destination, source);
    else if (REFUSED.has(peek.statusCode)) this.#refuse(packet, peek.statusCode);
  }

  /** Those that had time to answer what they were asked for, in a capture that runs until then. */
  values(untilMicros: number): TriedClient[] {
    return [...this.#suspects.values()].filter(
      (suspect) => untilMicros - suspect.decisive.packet.timeMicros >= timerB && !this.#wasAskedItself(suspect),
    );
  }

  /** Those of them that were not asked for before. */
  takeNew(untilMicros: number): TriedClient[] {
    const fresh = this.values(untilMicros).filter((suspect) => !this.#taken.has(suspect));
    for (const suspect of fresh) this.#taken.add(suspect);
    return fresh;
  }

  /** A B2BUA or a proxy that asks for whom it was asked itself. */
  #wasAskedItself({ client, users }: TriedClient): boolean {
    const askers = [...this.#suspects.values()].filter(({ server }) => server.address === client.address);
    return askers.length > 0 && [...users].every((user) => askers.some((asker) => asker.users.has(user)));
  }

  #see(packet: Packet): void {
    if (this.#tried.size === 0) return;
    const { source, destination } = packet;
    const tried = this.#tried.get(keyOf(source, destination));
    if (tried === undefined || tried.isSeen) return;
    tried.isSeen = true;
    const request = parseMessage(packet);
    if (request?.kind === "request" && scannerOf(request) !== undefined) this.#leaveOut(source, destination);
  }

  #leaveOut(client: Endpoint, server: Endpoint): void {
    const key = keyOf(client, server);
    this.#leftOut.set(key, true);
    this.#leftOutLast.set(client, server);
    this.#tried.delete(key);
    this.#suspects.delete(key);
  }

  #refuse(packet: Packet, statusCode: number): void {
    const { source, destination } = packet;
    const key = keyOf(destination, source);
    if (this.#leftOut.get(key) === true) return;
    const known = this.#tried.get(key);
    if (known !== undefined && known.users.size >= MAX_USERS) return;
    const response = parseMessage(packet);
    // A proxy asks for all who ask it.
    if (response?.kind !== "response" || response.all(via).length !== 1) return;
    const uri = parseUri(response.first(to)?.uri ?? "");
    const user = uri === undefined ? "" : userWithoutParameters(uri).slice(0, MAX_NAME);
    if (user === "") return;
    const kept = (): SipResponse => parseMessage(detached(packet)) as SipResponse;
    const tried = known ?? { first: kept(), users: new Set(), statusCodes: new Set(), isSeen: false };
    if (known === undefined) this.#tried.set(key, tried);
    tried.users.add(user);
    tried.statusCodes.add(statusCode);
    if (tried.users.size !== LEAST_USERS || this.#suspects.has(key) || this.#suspects.size >= MAX_SUSPECTS) return;
    this.#suspects.set(key, { ...tried, client: destination, server: source, decisive: kept() });
  }
}

/** What asks for somebody or something at a server. */
const ASKING: ReadonlySet<string> = new Set(["REGISTER", "INVITE", "SUBSCRIBE", "MESSAGE"]);
const REFUSED: ReadonlySet<number> = new Set([401, 403, 404, 407]);
/** Said of somebody who was asked. */
const OF_CALLEES: ReadonlySet<number> = new Set([480, 486, 487, 600, 603]);

function isTaken(peek: MessagePeek): boolean {
  const { statusCode } = peek;
  return isSuccess(peek) || (statusCode > 100 && statusCode < 200) || OF_CALLEES.has(statusCode);
}

function keyOf(client: Endpoint, server: Endpoint): string {
  return `${client.address} ${server.address}`;
}
