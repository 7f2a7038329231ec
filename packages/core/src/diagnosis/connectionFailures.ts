import type { NetworkEvent, TcpReset, TcpUnanswered, TlsFailure } from "../network/packet.ts";
import { isSipPort } from "../network/sipPorts.ts";

/** Different failures remembered; more of the same are only counted. */
const MAX_FAILURES = 200;
/** Hosts that a server did not take, told from each other. */
const MAX_CLIENTS = 10_000;

export type FailureEvent = TlsFailure | TcpReset | TcpUnanswered;

/** A connection that a server did not take, or whose TLS was not set up, and how often the same happened. */
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
  readonly #failures: Map<string, Counted> = new Map();

  /** What happened below SIP: most of it is no end of a connection that was to carry SIP. */
  push(event: NetworkEvent): void {
    if (event.kind === "tls-alert" || event.kind === "tls-closed")
      this.#count(event, tlsKey(event), event.client.address);
    else if (event.kind === "tcp-reset" && event.refused && isSipPort(event.source.port))
      // A server that is down is down for all of its phones.
      this.#count(event, event.source.text, event.destination.address);
    else if (event.kind === "tcp-unanswered")
      this.#count(event, `unanswered ${event.destination.text}`, event.source.address);
  }

  #count(first: FailureEvent, key: string, client: string): void {
    const known = this.#failures.get(key);
    if (known !== undefined) {
      known.count++;
      if (known.clients.size < MAX_CLIENTS) known.clients.add(client);
    } else if (this.#failures.size < MAX_FAILURES)
      this.#failures.set(key, { first, count: 1, clients: new Set([client]) });
  }

  values(): ConnectionFailure[] {
    return [...this.#failures.values()];
  }
}

function tlsKey({ client, server, source, alert, serverName }: TlsFailure): string {
  return `${client.address} ${server.text} ${source === client ? "client" : "server"} ${alert} ${serverName}`;
}
