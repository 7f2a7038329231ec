import type {
  Endpoint,
  NetworkEvent,
  Packet,
  TcpReset,
  TcpUnanswered,
  TlsFailure,
  WebSocketRefused,
} from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { isSipPort } from "../network/sipPorts.ts";

/** Different failures remembered; more of the same are only counted. */
const MAX_FAILURES = 200;
/** Hosts that a server did not take, told from each other. */
const MAX_CLIENTS = 10_000;
const MAX_SPEAKERS = 10_000;

export type FailureEvent = TlsFailure | TcpReset | TcpUnanswered | WebSocketRefused;

/** A connection that a server did not take, or whose TLS or WebSocket was not set up, and how often the same happened. */
export interface ConnectionFailure {
  readonly first: FailureEvent;
  readonly count: number;
  /** Addresses of those to whom it happened. */
  readonly clients: ReadonlySet<string>;
}

interface Counted extends ConnectionFailure {
  count: number;
  readonly clients: Set<string>;
}

/** Failed connections, on which no call was ever seen. */
export class ConnectionFailures {
  /** Whoever has sent SIP over a connection: those listen for SIP on whatever port. */
  readonly #speakers = new RecentMap<Endpoint, true>(MAX_SPEAKERS);
  readonly #failures: Map<string, Counted> = new Map();
  /** Refused on other ports: of interest where SIP is spoken there, by which time it may not have been seen. */
  readonly #elsewhere: Map<string, Counted> = new Map();

  /** What happened below SIP: most of it is no end of a connection that was to carry SIP. Gives a failure of which none like it was known. */
  push(event: NetworkEvent): ConnectionFailure | undefined {
    if (event.kind === "tls-alert" || event.kind === "tls-closed" || event.kind === "tls-foreign")
      return count(this.#failures, event, tlsKey(event), event.client.address);
    if (event.kind === "tcp-reset" && event.refused) {
      const failures = isSipPort(event.source.port) ? this.#failures : this.#elsewhere;
      // A server that is down is down for all of its phones.
      const first = count(failures, event, event.source.text, event.destination.address);
      return failures === this.#failures ? first : undefined;
    }
    if (event.kind === "websocket-refused")
      return count(this.#failures, event, `${event.source.text} ${event.answer}`, event.destination.address);
    if (event.kind !== "tcp-unanswered") return undefined;
    return count(this.#failures, event, `unanswered ${event.destination.text}`, event.source.address);
  }

  /** A message came from here. */
  heard({ source, transport }: Packet): void {
    if (transport !== "udp" && this.#speakers.get(source) === undefined) this.#speakers.set(source, true);
  }

  values(): ConnectionFailure[] {
    const elsewhere = [...this.#elsewhere.values()].filter(
      ({ first }) => this.#speakers.get(first.source) !== undefined,
    );
    return [...this.#failures.values(), ...elsewhere];
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
    if (known.clients.size < MAX_CLIENTS) known.clients.add(client);
    return undefined;
  }
  if (failures.size >= MAX_FAILURES) return undefined;
  const counted = { first, count: 1, clients: new Set([client]) };
  failures.set(key, counted);
  return counted;
}

function tlsKey({ kind, client, server, source, alert, serverName, isSealed, isUnheard }: TlsFailure): string {
  const ender = source === client ? "client" : "server";
  return `${client.address} ${server.text} ${ender} ${kind} ${alert} ${serverName} ${isSealed} ${isUnheard}`;
}
