import type {
  Endpoint,
  IcmpUnreachable,
  NetworkEvent,
  Packet,
  ConnectionReset,
  ConnectionUnanswered,
  TlsFailure,
  WebSocketRefused,
} from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { isSipPort } from "../network/sipPorts.ts";
import { failedSides } from "./failedSides.ts";

/** Different failures remembered; more of the same are only counted. */
const MAX_FAILURES = 200;
/** Hosts that a server did not take, told from each other. */
const MAX_CLIENTS = 10_000;
const MAX_SPEAKERS = 10_000;

export type FailureEvent = TlsFailure | IcmpUnreachable | ConnectionReset | ConnectionUnanswered | WebSocketRefused;

/** A connection that a server did not take, or whose TLS or WebSocket was not set up, and how often the same happened. */
export interface ConnectionFailure {
  readonly first: FailureEvent;
  readonly count: number;
  /** Addresses of those to whom it happened. */
  readonly clients: ReadonlySet<string>;
}

interface Counted extends ConnectionFailure {
  first: FailureEvent;
  latest: FailureEvent;
  count: number;
  readonly clients: Set<string>;
}

/** Failed connections, on which no call was ever seen. */
export class ConnectionFailures {
  /** Who has spoken SIP over a connection that the other side had opened, and so listens for it on whatever port, or over one of its own. */
  readonly #speakers = new RecentMap<Endpoint, "server" | "client">(MAX_SPEAKERS);
  readonly #failures: Map<string, Counted> = new Map();
  /** Who asked for a connection that may still be opened, and the key of what is told of it. */
  readonly #asked: RecentMap<Endpoint, string> = new RecentMap(MAX_CLIENTS);
  /** Refused on other ports: of interest where SIP is spoken there, by which time it may not have been seen. */
  readonly #elsewhere: Map<string, Counted> = new Map();

  /** What happened below SIP: most of it is no end of a connection that was to carry SIP. Gives a failure of which none like it was known. */
  push(event: NetworkEvent): ConnectionFailure | undefined {
    if (event.kind === "tls-alert" || event.kind === "tls-closed" || event.kind === "tls-foreign")
      return count(this.#failures, event, tlsKey(event), event.client.address);
    if (event.kind === "connection-reset" && event.refused) {
      // A server that is down is down for all of its phones.
      return this.#notTaken(event, event.transport);
    }
    if (event.kind === "icmp-unreachable" && event.opens !== undefined && event.reason !== "fragmentation-needed") {
      const { reason, source, destination, opens } = event;
      this.#asked.set(source, `${opens} ${reason} ${destination.text}`);
      return this.#notTaken(event, `${opens} ${reason}`);
    }
    if (event.kind === "websocket-refused")
      return count(this.#failures, event, `${event.source.text} ${event.answer}`, failedSides(event).client.address);
    if (event.kind === "connection-opened") this.#opened(event.source);
    if (event.kind !== "connection-unanswered") return undefined;
    const { transport, source, destination } = event;
    const key = `unanswered ${transport} ${destination.text}`;
    this.#asked.set(source, key);
    return count(this.#failures, event, key, source.address);
  }

  /** A message came from here. Who speaks first on a connection has opened it. RFC 3261 §18.1.1 */
  heard({ source, destination, transport }: Packet): void {
    if (transport === "udp" || this.#speakers.get(source) !== undefined) return;
    const isServer = isSipPort(source.port) || this.#speakers.get(destination) === "client";
    this.#speakers.set(source, isServer ? "server" : "client");
  }

  values(): ConnectionFailure[] {
    const elsewhere = [...this.#elsewhere.values()].filter(
      ({ first }) => this.#speakers.get(failedSides(first).server) === "server",
    );
    return [...this.#failures.values(), ...elsewhere];
  }

  /** What was told of it was true only for a while. */
  #opened(client: Endpoint): void {
    const key = this.#asked.get(client);
    if (key === undefined) return;
    this.#asked.delete(client);
    for (const failures of [this.#failures, this.#elsewhere]) {
      const counted = failures.get(key);
      if (counted === undefined) continue;
      if (--counted.count === 0) failures.delete(key);
      else if (counted.first.source === client) counted.first = counted.latest;
    }
  }

  #notTaken(event: ConnectionReset | IcmpUnreachable, how: string): ConnectionFailure | undefined {
    const { client, server } = failedSides(event);
    const failures = isSipPort(server.port) ? this.#failures : this.#elsewhere;
    const first = count(failures, event, `${how} ${server.text}`, client.address);
    return failures === this.#failures ? first : undefined;
  }
}

function count(
  failures: Map<string, Counted>,
  first: FailureEvent,
  key: string,
  client: string,
): ConnectionFailure | undefined {
  const known = failures.get(key);
  if (known !== undefined) {
    known.count++;
    known.latest = first;
    if (known.clients.size < MAX_CLIENTS) known.clients.add(client);
    return undefined;
  }
  if (failures.size >= MAX_FAILURES) return undefined;
  const counted = { first, latest: first, count: 1, clients: new Set([client]) };
  failures.set(key, counted);
  return counted;
}

function tlsKey({ kind, client, server, source, alert, serverName, isSealed, isUnheard }: TlsFailure): string {
  const ender = source === client ? "client" : "server";
  return `${client.address} ${server.text} ${ender} ${kind} ${alert} ${serverName} ${isSealed} ${isUnheard}`;
}
