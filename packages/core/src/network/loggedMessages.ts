import { decodeText } from "../bytes/text.ts";
import type { Frame } from "../capture/frame.ts";
import type { HostPort, Logged } from "../capture/logged.ts";
import { endpointOf, inferredEndpointOf } from "./endpoint.ts";
import { isAddress } from "./ipAddress.ts";
import type { NetworkLayers } from "./networkLayers.ts";
import type { Endpoint, Sides } from "./packet.ts";
import { RecentMap } from "./recentMap.ts";
import { routingOf, type Routing } from "./routing.ts";

/** Transactions and calls remembered to know the sides of later messages. */
const REMEMBERED = 20_000;

/** What the log says. */
interface Known {
  readonly source: Endpoint | undefined;
  readonly destination: Endpoint | undefined;
}

/** Messages that a log printed, to packets: a side that the log does not say is inferred from the message. */
export class LoggedMessages {
  readonly #layers: NetworkLayers;
  /** Of the element that wrote the log. */
  readonly #host: string;
  /** By branch: the sides of the request. */
  readonly #requests: RecentMap<string, Sides> = new RecentMap(REMEMBERED);
  /** By Call-ID: whom the element that wrote the log talks to, where the log says no address at all. */
  readonly #peers: RecentMap<string, Endpoint> = new RecentMap(REMEMBERED);
  /** By Call-ID: the element that wrote the log, as it was first inferred for the call. */
  readonly #owns: RecentMap<string, Endpoint> = new RecentMap(REMEMBERED);
  /** The same, by the first address that it gave itself. */
  #writer: Endpoint | undefined;

  constructor(layers: NetworkLayers) {
    this.#layers = layers;
    this.#host = `log ${layers.capture}`;
  }

  push(frame: Frame, logged: Logged): void {
    const { capture, number, timeMicros, bytes, start, end } = frame;
    const { source, destination } = this.#sidesOf(frame, logged);
    if (source.inferred === true || destination.inferred === true) {
      this.#layers.tally.count("addresses-inferred", number);
    }
    // Its records may be in the same file, and are not opened any more.
    if (logged.transport === "tls" || logged.transport === "wss") this.#layers.pairs.add(source, destination);
    this.#layers.onPacket({
      capture,
      frame: number,
      timeMicros,
      transport: logged.transport,
      source,
      destination,
      bytes,
      start,
      end,
      ipId: logged.ipId,
      fragments: 1,
      cut: logged.cut,
    });
  }

  #sidesOf({ bytes, start, end }: Frame, logged: Logged): Sides {
    const source = logged.source && endpointOf(logged.source.host, logged.source.port);
    const destination = logged.destination && endpointOf(logged.destination.host, logged.destination.port);
    if (source !== undefined && destination !== undefined) return { source, destination };
    const routing = routingOf(decodeText(bytes, start, end));
    return routing.isResponse
      ? this.#responseSides(routing, logged, { source, destination })
      : this.#requestSides(routing, logged, { source, destination });
  }

  #requestSides(routing: Routing, { direction }: Logged, known: Known): Sides {
    const via = inferred(routing.via);
    const target = inferred(routing.route) ?? inferred(routing.requestUri);
    const source =
      known.source ?? this.#own(direction === "sent", routing, via) ?? this.#caller(routing, via) ?? UNKNOWN;
    const destination =
      known.destination ??
      this.#own(direction === "received", routing, target) ??
      this.#next(routing, direction, target, source);
    const sides = { source, destination };
    this.#requests.set(routing.branch, sides);
    return sides;
  }

  /** Who sent it, by its Via; where that says no more than a name which is known for the call, the same name. */
  #caller(routing: Routing, via: Endpoint | undefined): Endpoint | undefined {
    const peer = this.#peers.get(routing.callId);
    if (peer !== undefined && !hasAddress(peer)) return peer;
    if (via !== undefined) this.#peer(routing, via);
    return via;
  }

  /** Whom it was sent to. What a proxy forwards goes where the Request-URI need not say: two such hops must not look like one. */
  #next(routing: Routing, direction: Logged["direction"], target: Endpoint | undefined, source: Endpoint): Endpoint {
    const forwarded = routing.vias > 1;
    if (direction === "sent" && !forwarded) return this.#peer(routing, target) ?? UNKNOWN;
    if (target !== undefined && (!forwarded || hasAddress(target))) return target;
    return inferredEndpointOf(`after-${source.address}`, source.port);
  }

  /** A response takes the way of its request back. RFC 3261 §18.2.2 */
  #responseSides(routing: Routing, { direction }: Logged, known: Known): Sides {
    const request = this.#requests.get(routing.branch);
    const contact = inferred(routing.contact);
    if (direction === "sent" && hasAddress(contact)) this.#writer ??= contact;
    const source =
      known.source ??
      request?.destination ??
      this.#own(direction === "sent", routing, contact) ??
      this.#peer(routing, contact);
    return {
      source: source ?? UNKNOWN,
      destination: known.destination ?? request?.source ?? inferred(routing.via) ?? UNKNOWN,
    };
  }

  /**
   * The side of the element that wrote the log: the same in all messages of a call. Other calls may show it by another address, as others see it
   * from outside of a NAT or in another network.
   */
  #own(isOwn: boolean, { callId }: Routing, candidate: Endpoint | undefined): Endpoint | undefined {
    if (!isOwn) return undefined;
    const known = this.#owns.get(callId);
    if (known !== undefined) return known;
    const found = hasAddress(candidate) ? candidate : (this.#writer ?? candidate);
    if (found === undefined) return undefined;
    if (hasAddress(found)) this.#writer ??= found;
    const own = inferredEndpointOf(found.address, found.port, this.#host);
    this.#owns.set(callId, own);
    return own;
  }

  /** The first one that was inferred for the call: later requests may name the same element otherwise, by a Route or a Contact. */
  #peer({ callId }: Routing, candidate: Endpoint | undefined): Endpoint | undefined {
    const known = this.#peers.get(callId);
    if (known !== undefined || candidate === undefined) return known ?? candidate;
    this.#peers.set(callId, candidate);
    return candidate;
  }
}

const UNKNOWN: Endpoint = inferredEndpointOf("unknown", 0);

function inferred(side: HostPort | undefined): Endpoint | undefined {
  return side && inferredEndpointOf(side.host, side.port);
}

/** False for a host name. */
function hasAddress(endpoint: Endpoint | undefined): boolean {
  return endpoint !== undefined && isAddress(endpoint.address);
}
