import type { Endpoint, IcmpUnreachable, TcpClosed, TcpReset, TlsFailure } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";

const MAX_EVENTS = 10_000;
const WINDOW_MICROS = 60_000_000;

/** Evidence that a packet was not delivered. */
export type DeliveryEvent = IcmpUnreachable | TcpReset | TcpClosed;

/** What a judge has to know of what happened below SIP. */
export type JudgedEvent = DeliveryEvent | TlsFailure;

/** The latest ICMP errors and ends of TCP connections, to be asked for when a call is judged. */
export class NetworkEvents {
  readonly #events: DeliveryEvent[] = [];
  /** The same by the two sides that they concern: most calls concern none, and there may be thousands. */
  readonly #bySides: Map<string, DeliveryEvent[]> = new Map();
  #next = 0;
  /** A server that is not taken is tried again and again: the latest of each pair of sides is enough. */
  readonly #tlsFailures: RecentMap<string, TlsFailure> = new RecentMap(MAX_EVENTS);

  push(event: JudgedEvent): void {
    if (isTlsFailure(event)) {
      this.#tlsFailures.set(sidesKey(event.client, event.server), event);
      return;
    }
    if (this.#events.length < MAX_EVENTS) this.#events.push(event);
    else {
      const place = this.#next++ % MAX_EVENTS;
      this.#forget(this.#events[place]);
      this.#events[place] = event;
    }
    const key = keyOf(event);
    const known = this.#bySides.get(key);
    if (known === undefined) this.#bySides.set(key, [event]);
    else known.push(event);
  }

  /** Those about what `source` sent to `destination` within a minute after `sinceMicros`, in order of arrival. */
  about(source: Endpoint, destination: Endpoint, sinceMicros: number): DeliveryEvent[] {
    const known = this.#bySides.get(sidesKey(source, destination)) ?? [];
    return known.filter(({ timeMicros }) => timeMicros >= sinceMicros && timeMicros <= sinceMicros + WINDOW_MICROS);
  }

  /** Connections that were refused to this host in that time, in order of arrival. */
  refusedTo({ address }: Endpoint, sinceMicros: number, untilMicros: number): TcpReset[] {
    return this.#events
      .filter((event) => event.kind === "tcp-reset")
      .filter(
        ({ refused, destination, timeMicros }) =>
          refused && destination.address === address && timeMicros >= sinceMicros && timeMicros <= untilMicros,
      );
  }

  /** TLS connections of this host that failed in that time. */
  tlsFailuresOf({ address }: Endpoint, sinceMicros: number, untilMicros: number): TlsFailure[] {
    return [...this.#tlsFailures.values()].filter(
      ({ client, timeMicros }) => client.address === address && timeMicros >= sinceMicros && timeMicros <= untilMicros,
    );
  }

  /** The earliest of all is the earliest between its sides. */
  #forget(event: DeliveryEvent): void {
    const key = keyOf(event);
    const known = this.#bySides.get(key)!;
    known.shift();
    if (known.length === 0) this.#bySides.delete(key);
  }
}

function isTlsFailure(event: JudgedEvent): event is TlsFailure {
  return event.kind === "tls-alert" || event.kind === "tls-closed" || event.kind === "tls-foreign";
}

/** A connection is ended by the side that did not take the packet; an ICMP error quotes the packet. The port that it was sent from may differ. */
function keyOf({ kind, source, destination }: DeliveryEvent): string {
  return kind === "icmp-unreachable" ? sidesKey(source, destination) : sidesKey(destination, source);
}

function sidesKey(source: Endpoint, destination: Endpoint): string {
  return `${source.address} ${destination.text}`;
}
