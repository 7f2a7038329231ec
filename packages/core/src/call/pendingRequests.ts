import type { SipRequest } from "../message/message.ts";
import type { Endpoint, Packet } from "../network/packet.ts";
import { timerB } from "../transaction/timers.ts";
import { Arrivals } from "./arrivals.ts";
import { isLoose } from "./call.ts";
import { legFeatures, type LegFeatures, type LegMatch, resemblance, type Resemblance } from "./legFeatures.ts";

/** How long after an INVITE arrived a B2BUA may send its first one. */
const WINDOW_MICROS = 10_000_000;
/** And how long after any other request: that rings nowhere, and needs no one to decide where it goes. */
const AT_ONCE_MICROS = 2_000_000;
/** One that is continued may be sent to the next place for as long as it rings: timer C of each proxy on the way. */
const HUNTING_MICROS = 600_000_000;

interface Pending<Place> {
  readonly method: string;
  readonly callId: string;
  readonly branch: string;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly timeMicros: number;
  /** Where the request is kept. */
  readonly place: Place;
  features: LegFeatures | undefined;
  /** A leg has continued it. */
  taken: boolean;
  /** It was accepted: the one that did so goes on to others at once or not at all. */
  accepted: boolean;
}

/** Requests outside of dialogs that have arrived at a host, so that the leg which the host then opens itself can be told to be of the same call. */
export class PendingRequests<Place> {
  readonly #read: (place: Place) => SipRequest | undefined;
  readonly #invites = new Arrivals<Pending<Place>>(WINDOW_MICROS, isOpen);
  readonly #others = new Arrivals<Pending<Place>>(timerB, isRemembered);

  /** @param read gives the request that is kept there, if it still is */
  constructor(read: (place: Place) => SipRequest | undefined) {
    this.#read = read;
  }

  /** A request that arrived at its destination. */
  add(method: string, callId: string, branch: string, packet: Packet, place: Place): void {
    const { source, destination, timeMicros } = packet;
    const arrivals = this.#arrivalsOf(method);
    if (method !== "INVITE" && arrivals.at(destination).some((entry) => isSame(entry, callId, branch))) return;
    arrivals.add(packet, {
      method,
      callId,
      branch,
      source,
      destination,
      timeMicros,
      place,
      features: undefined,
      taken: false,
      accepted: false,
    });
  }

  /**
   * The host has answered the request finally, or was told that it is over, or has sent it on as a proxy: it sends none of its own for it any more.
   * Without a branch all of the Call-ID are.
   */
  end(method: string, callId: string, host: Endpoint, branch?: string): void {
    this.#arrivalsOf(method).remove(host, (entry) => isSame(entry, callId, branch));
  }

  /** The host has accepted the INVITE. */
  accept(callId: string, host: Endpoint): void {
    for (const entry of this.#invites.at(host)) if (entry.callId === callId) entry.accepted = true;
  }

  /** True where the host may send another request than an INVITE for one that it got. */
  isAskedAt(host: Endpoint): boolean {
    return this.#others.at(host).length > 0;
  }

  /** The request of another Call-ID that this one continues, as `find` has it. It has been continued then. */
  match(request: SipRequest): PendingMatch<Place> | undefined {
    const found = this.#bestFor(request);
    if (found === undefined) return undefined;
    found.entry.taken = true;
    return matchOf(found);
  }

  /**
   * The request of another Call-ID that this one continues: it left the host at which the other had arrived, and carries something over. Time alone
   * never joins, and where two would fit equally well, none does. Guard G5. Where client and server are on one host, who sent the other one sends
   * another call, and so does who sends it to where the other one had arrived.
   */
  find(request: SipRequest): PendingMatch<Place> | undefined {
    const found = this.#bestFor(request);
    return found && matchOf(found);
  }

  #arrivalsOf(method: string): Arrivals<Pending<Place>> {
    return method === "INVITE" ? this.#invites : this.#others;
  }

  #bestFor(request: SipRequest): Best<Place> | undefined {
    const { callId, method, packet } = request;
    const { source, destination, timeMicros } = packet;
    const candidates = this.#arrivalsOf(method)
      .at(source)
      .filter(
        (entry) =>
          entry.method === method &&
          entry.callId !== callId &&
          entry.source !== source &&
          entry.destination !== destination &&
          isOpen(entry, timeMicros),
      );
    if (candidates.length === 0) return undefined;
    const own = legFeatures(request);
    const fresh = this.#bestOf(
      candidates.filter(({ taken }) => !taken),
      own,
    );
    // A B2BUA that forks continues one leg several times.
    const best = fresh ?? this.#bestOf(candidates, own);
    return best === "ambiguous" ? undefined : best;
  }

  #bestOf(candidates: readonly Pending<Place>[], own: LegFeatures): Best<Place> | "ambiguous" | undefined {
    let best: Best<Place> | undefined;
    let ambiguous = false;
    for (const entry of candidates) {
      const features = this.#featuresOf(entry);
      const found = features && resemblance(features, own);
      if (found === undefined || (entry.method !== "INVITE" && isLoose(found))) continue;
      if (best !== undefined && found.score < best.resemblance.score) continue;
      ambiguous = found.score === best?.resemblance.score && entry.callId !== best.entry.callId;
      best = { entry, resemblance: found };
    }
    return ambiguous ? "ambiguous" : best;
  }

  #featuresOf(entry: Pending<Place>): LegFeatures | undefined {
    if (entry.features === undefined) {
      const invite = this.#read(entry.place);
      if (invite !== undefined) entry.features = legFeatures(invite);
    }
    return entry.features;
  }
}

function isSame<Place>(entry: Pending<Place>, callId: string, branch: string | undefined): boolean {
  return entry.callId === callId && (branch === undefined || entry.branch === branch);
}

function isOpen<Place>({ method, timeMicros, taken, accepted }: Pending<Place>, nowMicros: number): boolean {
  const waitedMicros = nowMicros - timeMicros;
  if (method !== "INVITE") return !taken && waitedMicros <= AT_ONCE_MICROS;
  return waitedMicros <= (taken && !accepted ? HUNTING_MICROS : WINDOW_MICROS);
}

/** For as long as it may be sent again, which is no other one. RFC 3261 §17.1.2.2 */
function isRemembered<Place>({ timeMicros }: Pending<Place>, nowMicros: number): boolean {
  return nowMicros - timeMicros <= timerB;
}

function matchOf<Place>({ entry, resemblance: found }: Best<Place>): PendingMatch<Place> {
  return { callId: entry.callId, place: entry.place, resemblance: found };
}

export interface PendingMatch<Place> extends LegMatch<Place> {
  readonly callId: string;
}

interface Best<Place> {
  readonly entry: Pending<Place>;
  readonly resemblance: Resemblance;
}
