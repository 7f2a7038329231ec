import type { TlsFailure } from "../network/packet.ts";

/** Different failures remembered; more of the same are only counted. */
const MAX_FAILURES = 200;

/** A TLS connection that was not set up, and how often the same happened between the same hosts. */
export interface ConnectionFailure {
  readonly first: TlsFailure;
  readonly count: number;
}

/** Failed connections, on which no call was ever seen. */
export class ConnectionFailures {
  readonly #failures: Map<string, { first: TlsFailure; count: number }> = new Map();

  push(failure: TlsFailure): void {
    const { client, server, source, alert, serverName } = failure;
    const ender = source === client ? "client" : "server";
    const key = `${client.address} ${server.text} ${ender} ${alert} ${serverName}`;
    const known = this.#failures.get(key);
    if (known !== undefined) known.count++;
    else if (this.#failures.size < MAX_FAILURES) this.#failures.set(key, { first: failure, count: 1 });
  }

  values(): ConnectionFailure[] {
    return [...this.#failures.values()];
  }
}
