import type { Endpoint, IcmpUnreachable, TcpReset } from "../network/packet.ts";

const MAX_EVENTS = 10_000;
const WINDOW_MICROS = 60_000_000;

/** Evidence that a packet was not delivered. */
export type DeliveryEvent = IcmpUnreachable | TcpReset;

/** The latest ICMP errors and TCP resets, to be asked for when a call is judged. */
export class NetworkEvents {
  readonly #events: DeliveryEvent[] = [];
  #next = 0;

  push(event: DeliveryEvent): void {
    if (this.#events.length < MAX_EVENTS) this.#events.push(event);
    else this.#events[this.#next++ % MAX_EVENTS] = event;
  }

  /** Those about what `source` sent to `destination` within a minute after `sinceMicros`, in order of arrival. */
  about(source: Endpoint, destination: Endpoint, sinceMicros: number): DeliveryEvent[] {
    return this.#events.filter(
      (event) =>
        event.timeMicros >= sinceMicros &&
        event.timeMicros <= sinceMicros + WINDOW_MICROS &&
        concerns(event, source, destination),
    );
  }
}

function concerns(event: DeliveryEvent, source: Endpoint, destination: Endpoint): boolean {
  if (event.kind === "tcp-reset") return event.source === destination && event.destination.address === source.address;
  return event.destination === destination && event.source.address === source.address;
}
