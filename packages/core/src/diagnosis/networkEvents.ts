import type { Endpoint, IcmpUnreachable, TcpReset } from "../network/packet.ts";

const MAX_EVENTS = 10_000;
const WINDOW_MICROS = 60_000_000;

/** Evidence that a packet was not delivered. */
export type DeliveryEvent = IcmpUnreachable | TcpReset;

/** The latest ICMP errors and TCP resets, to be asked for when a call is judged. */
export class NetworkEvents {
  readonly #events: DeliveryEvent[] = [];
  /** The same by the two sides that they concern: most calls concern none, and there may be thousands. */
  readonly #bySides: Map<string, DeliveryEvent[]> = new Map();
  #next = 0;

  push(event: DeliveryEvent): void {
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

  /** The earliest of all is the earliest between its sides. */
  #forget(event: DeliveryEvent): void {
    const key = keyOf(event);
    const known = this.#bySides.get(key)!;
    known.shift();
    if (known.length === 0) this.#bySides.delete(key);
  }
}

/** A reset is sent by the side that did not take the packet; an ICMP error quotes the packet. The port that it was sent from may differ. */
function keyOf({ kind, source, destination }: DeliveryEvent): string {
  return kind === "tcp-reset" ? sidesKey(destination, source) : sidesKey(source, destination);
}

function sidesKey(source: Endpoint, destination: Endpoint): string {
  return `${source.address} ${destination.text}`;
}
