import type {
  ConnectionMisframed,
  ConnectionStalled,
  Endpoint,
  ForeignAnswer,
  IcmpUnreachable,
  NetworkEvent,
  ConnectionClosed,
  ConnectionReset,
  ConnectionUnacknowledged,
  MediaEvent,
  TlsFailure,
} from "../network/packet.ts";
import { wayText } from "../network/endpoint.ts";
import { RecentMap } from "../network/recentMap.ts";
import { failedSides } from "./failedSides.ts";

const MAX_EVENTS = 10_000;
/** Most connections are closed when nobody needs them any more. */
const MAX_CLOSED = 10_000;
const MAX_UNACKNOWLEDGED = 10_000;
const MAX_STALLED = 10_000;
const MAX_FOREIGN = 10_000;
const MAX_MISFRAMED = 10_000;
const MAX_MISFRAMED_OF_ONE = 16;
const WINDOW_MICROS = 60_000_000;
const NOTHING: readonly never[] = [];

/** Evidence that a packet was not delivered. */
export type DeliveryEvent = IcmpUnreachable | ConnectionReset;

/** That a connection which had been open ended. */
export type ConnectionEnd = ConnectionClosed | ConnectionReset;

/** What a judge has to know of what happened below SIP. */
export type JudgedEvent =
  | DeliveryEvent
  | ConnectionClosed
  | ConnectionStalled
  | ConnectionUnacknowledged
  | ConnectionMisframed
  | ForeignAnswer
  | TlsFailure
  | MediaEvent;

/** The latest ICMP errors, TCP resets, closed connections and failures of TLS, to be asked for when a call is judged. */
export class NetworkEvents {
  readonly #events: DeliveryEvent[] = [];
  /** The same by the two sides that they concern: most calls concern none, and there may be thousands. */
  readonly #bySides: Map<string, DeliveryEvent[]> = new Map();
  /** By their two sides. */
  readonly #closed: RecentMap<string, ConnectionClosed> = new RecentMap(MAX_CLOSED);
  /** The latest of each side of a connection. */
  readonly #unacknowledged: RecentMap<string, ConnectionUnacknowledged> = new RecentMap(MAX_UNACKNOWLEDGED);
  /** The latest of each side of a connection. */
  readonly #stalled: RecentMap<string, ConnectionStalled> = new RecentMap(MAX_STALLED);
  /** The latest of each side of a connection. */
  readonly #foreign: RecentMap<string, ForeignAnswer> = new RecentMap(MAX_FOREIGN);
  /** The latest of each side of a connection. */
  readonly #misframed: RecentMap<string, ConnectionMisframed[]> = new RecentMap(MAX_MISFRAMED);
  #next = 0;
  /** A server that is not taken is tried again and again: the latest of each pair of sides is enough. */
  readonly #tlsFailures: RecentMap<string, TlsFailure> = new RecentMap(MAX_EVENTS);

  push(event: Exclude<JudgedEvent, MediaEvent>): void {
    if (event.kind === "connection-closed") {
      this.#closed.set(flowKey(event.source, event.destination), event);
      return;
    }
    if (event.kind === "connection-unacknowledged") {
      this.#unacknowledged.set(wayText(event.source, event.destination), event);
      return;
    }
    if (event.kind === "connection-stalled") {
      this.#stalled.set(wayText(event.source, event.destination), event);
      return;
    }
    if (event.kind === "foreign-answer") {
      this.#foreign.set(wayText(event.source, event.destination), event);
      return;
    }
    if (event.kind === "connection-misframed") {
      const key = wayText(event.source, event.destination);
      this.#misframed.set(key, [...(this.#misframed.get(key) ?? []).slice(1 - MAX_MISFRAMED_OF_ONE), event]);
      return;
    }
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

  /** Why connections that this host wanted to open in that time were not opened, in order of arrival. */
  refusedTo({ address }: Endpoint, sinceMicros: number, untilMicros: number): DeliveryEvent[] {
    return this.#events.filter((event) => {
      const { timeMicros } = event;
      const isRefusal = event.kind === "connection-reset" ? event.refused : event.opens !== undefined;
      return (
        isRefusal &&
        failedSides(event).client.address === address &&
        timeMicros >= sinceMicros &&
        timeMicros <= untilMicros
      );
    });
  }

  /** TLS connections of this host that failed in that time. */
  tlsFailuresOf({ address }: Endpoint, sinceMicros: number, untilMicros: number): readonly TlsFailure[] {
    if (this.#tlsFailures.size === 0) return NOTHING;
    return [...this.#tlsFailures.values()].filter(
      ({ client, timeMicros }) => client.address === address && timeMicros >= sinceMicros && timeMicros <= untilMicros,
    );
  }

  /** How the connection between these two ended first in that time, by either side; of those that were closed, the last one between these ports. */
  closedBetween(one: Endpoint, other: Endpoint, sinceMicros: number, untilMicros: number): ConnectionEnd | undefined {
    const reset = [...this.#resetBetween(one, other), ...this.#resetBetween(other, one)];
    const [first] = [this.#closed.get(flowKey(one, other)), ...reset]
      .filter((event) => event !== undefined)
      .filter(({ timeMicros }) => timeMicros >= sinceMicros && timeMicros <= untilMicros)
      .toSorted((a, b) => a.timeMicros - b.timeMicros);
    return first;
  }

  /** That `server` reset a connection to `client` which had been open. */
  #resetBetween(client: Endpoint, server: Endpoint): ConnectionReset[] {
    const known = this.#bySides.get(sidesKey(client, server)) ?? [];
    return known.filter(
      (event): event is ConnectionReset =>
        event.kind === "connection-reset" && !event.refused && event.destination === client,
    );
  }

  /** What `source` sent on its connection, and no later than `untilMicros` for the first time, was sent again and again. */
  unacknowledged(source: Endpoint, destination: Endpoint, untilMicros: number): ConnectionUnacknowledged | undefined {
    const event = this.#unacknowledged.get(wayText(source, destination));
    return event === undefined || event.timeMicros - event.afterMicros > untilMicros ? undefined : event;
  }

  /** The server had no room for what this client sends, while it was waited for, or began to be in that time. */
  stalled(client: Endpoint, server: Endpoint, sinceMicros: number, untilMicros: number): ConnectionStalled | undefined {
    const event = this.#stalled.get(wayText(server, client));
    if (event === undefined || event.timeMicros < sinceMicros) return undefined;
    return event.timeMicros - event.afterMicros > untilMicros ? undefined : event;
  }

  /** What `source` had sent up to then, or at that time, and put the connection out of step that was still open then. */
  misframed(source: Endpoint, destination: Endpoint, sentMicros: number): ConnectionMisframed | undefined {
    const known = this.#misframed.get(wayText(source, destination));
    const event = known?.findLast(({ timeMicros }) => timeMicros <= sentMicros);
    if (event === undefined) return undefined;
    const ends = [
      this.#closed.get(flowKey(source, destination)),
      ...this.about(source, destination, event.timeMicros),
      ...this.about(destination, source, event.timeMicros),
    ];
    const isOver = ends.some(
      (end) => end !== undefined && end.timeMicros > event.timeMicros && end.timeMicros < sentMicros,
    );
    return isOver ? undefined : event;
  }

  /** What this server said first on the connection over which it was asked within a minute. Some speak before they are spoken to. */
  foreignAnswer(client: Endpoint, server: Endpoint, askedMicros: number): ForeignAnswer | undefined {
    const event = this.#foreign.get(wayText(server, client));
    return event === undefined || Math.abs(event.timeMicros - askedMicros) > WINDOW_MICROS ? undefined : event;
  }

  /** The earliest of all is the earliest between its sides. */
  #forget(event: DeliveryEvent): void {
    const key = keyOf(event);
    const known = this.#bySides.get(key)!;
    known.shift();
    if (known.length === 0) this.#bySides.delete(key);
  }
}

/** Others tell of a connection that no message has to do with. */
export function isJudged(event: NetworkEvent): event is JudgedEvent {
  return !NOT_JUDGED.has(event.kind);
}

const NOT_JUDGED: ReadonlySet<NetworkEvent["kind"]> = new Set([
  "connection-unanswered",
  "connection-opened",
  "websocket-refused",
]);

export function isTlsFailure(event: NetworkEvent): event is TlsFailure {
  return event.kind === "tls-alert" || event.kind === "tls-closed" || event.kind === "tls-foreign";
}

/** The port that it was sent from may differ. */
function keyOf(event: DeliveryEvent): string {
  const { client, server } = failedSides(event);
  return sidesKey(client, server);
}

function flowKey(one: Endpoint, other: Endpoint): string {
  return one.text < other.text ? wayText(one, other) : wayText(other, one);
}

function sidesKey(source: Endpoint, destination: Endpoint): string {
  return `${source.address} ${destination.text}`;
}
