import type { Incident } from "../capture/incident.ts";
import { wayText } from "../network/endpoint.ts";
import type { ConnectivityChecks, DtlsHandshake, Endpoint } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";

/** Ways that were checked, of thousands of calls at a time, and of those that have just ended. */
const MAX_WAYS = 65_536;
const MAX_HANDSHAKES = 32_768;
const NOTHING: readonly never[] = [];

/** The connectivity checks of ICE that were seen, and the DTLS handshakes, whoever they belong to, to be asked for when a call is judged. */
export class ConnectivitySeen {
  /** By their user name, their sides and their beginning. */
  readonly #checks: RecentMap<string, ConnectivityChecks> = new RecentMap(MAX_WAYS, (dropped) => this.#drop(dropped));
  readonly #byUsername: Map<string, Map<string, ConnectivityChecks>> = new Map();
  /** By client and server: the latest. */
  readonly #handshakes: RecentMap<string, DtlsHandshake> = new RecentMap(MAX_HANDSHAKES);
  #dropped = 0;

  get isEmpty(): boolean {
    return this.#byUsername.size === 0;
  }

  /** Something new, or what is known by now of something that was pushed before. */
  push(event: ConnectivityChecks | DtlsHandshake): void {
    if (event.kind === "dtls-handshake") {
      this.#handshakes.set(wayText(event.source, event.destination), event);
      return;
    }
    const key = keyOf(event);
    const known = this.#byUsername.get(event.username);
    if (known === undefined) this.#byUsername.set(event.username, new Map([[key, event]]));
    else known.set(key, event);
    this.#checks.set(key, event);
  }

  /** Those that the side with the one user fragment sent to the side with the other, in that time. RFC 8445 §7.2.2 */
  checks(senderUfrag: string, receiverUfrag: string, sinceMicros: number, untilMicros: number): ConnectivityChecks[] {
    const known = this.#byUsername.get(`${receiverUfrag}:${senderUfrag}`)?.values() ?? NOTHING;
    return [...known].filter(({ firstMicros, timeMicros }) => timeMicros >= sinceMicros && firstMicros <= untilMicros);
  }

  /** The latest handshakes between these two, whoever began them, in that time. */
  handshakes(one: Endpoint, other: Endpoint, sinceMicros: number, untilMicros: number): DtlsHandshake[] {
    return [wayText(one, other), wayText(other, one)]
      .map((key) => this.#handshakes.get(key))
      .filter((handshake) => handshake !== undefined)
      .filter(({ firstMicros, timeMicros }) => timeMicros >= sinceMicros && firstMicros <= untilMicros);
  }

  incident(): Incident | undefined {
    if (this.#dropped === 0) return undefined;
    return { kind: "limit-reached", capture: 0, count: this.#dropped, values: { limit: "connectivity-checks" } };
  }

  #drop(dropped: Iterable<ConnectivityChecks>): void {
    for (const checks of dropped) {
      this.#dropped++;
      const known = this.#byUsername.get(checks.username);
      known?.delete(keyOf(checks));
      if (known?.size === 0) this.#byUsername.delete(checks.username);
    }
  }
}

function keyOf({ capture, source, destination, username, firstMicros }: ConnectivityChecks): string {
  return `${capture} ${wayText(source, destination)} ${username} ${firstMicros}`;
}
