import type { SipRequest } from "../message/message.ts";
import type { Endpoint, Packet } from "../network/packet.ts";
import { Arrivals } from "./arrivals.ts";
import { legFeatures, type LegFeatures, type LegMatch, resemblance, type Resemblance } from "./legFeatures.ts";

/** How long after an INVITE arrived a B2BUA may send its first one. */
const WINDOW_MICROS = 10_000_000;
/** One that is continued may be sent to the next place for as long as it rings: timer C of each proxy on the way. */
const HUNTING_MICROS = 600_000_000;

interface Pending<Place> {
  readonly callId: string;
  readonly branch: string;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly timeMicros: number;
  /** Where the INVITE is kept. */
  readonly place: Place;
  features: LegFeatures | undefined;
  /** A leg has continued it. */
  taken: boolean;
  /** It was accepted: the one that did so goes on to others at once or not at all. */
  accepted: boolean;
}

/** INVITEs that have arrived at a host, so that the leg which the host then opens itself can be told to be of the same call. */
export class PendingInvites<Place> {
  readonly #read: (place: Place) => SipRequest | undefined;
  readonly #arrivals = new Arrivals<Pending<Place>>(WINDOW_MICROS, isOpen);

  /** @param read gives the INVITE that is kept there, if it still is */
  constructor(read: (place: Place) => SipRequest | undefined) {
    this.#read = read;
  }

  /** An INVITE that arrived at its destination. */
  add(callId: string, branch: string, packet: Packet, place: Place): void {
    const { source, destination, timeMicros } = packet;
    this.#arrivals.add(packet, {
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

  /** The host has refused the INVITE, or was told that it is over: it sends none of its own for it any more. Without a branch all of the Call-ID are. */
  end(callId: string, host: Endpoint, branch?: string): void {
    this.#arrivals.remove(
      host,
      (entry) => entry.callId === callId && (branch === undefined || entry.branch === branch),
    );
  }

  /** The host has accepted the INVITE. */
  accept(callId: string, host: Endpoint): void {
    for (const entry of this.#arrivals.at(host)) if (entry.callId === callId) entry.accepted = true;
  }

  /**
   * The INVITE of another Call-ID that this one, the first of its leg, continues: it left the host at which the other had arrived,
   * and carries something over. Time alone never joins, and where two would fit equally well, none does. Guard G5. Where client and server are
   * on one host, who sent the other one sends another call, and so does who sends it to where the other one had arrived.
   */
  match(invite: SipRequest): (LegMatch<Place> & { readonly callId: string }) | undefined {
    const { source, destination, timeMicros } = invite.packet;
    const candidates = this.#arrivals
      .at(source)
      .filter(
        (entry) =>
          entry.callId !== invite.callId &&
          entry.source !== source &&
          entry.destination !== destination &&
          isOpen(entry, timeMicros),
      );
    if (candidates.length === 0) return undefined;
    const own = legFeatures(invite);
    const fresh = this.#bestOf(
      candidates.filter(({ taken }) => !taken),
      own,
    );
    // A B2BUA that forks continues one leg several times.
    const best = fresh ?? this.#bestOf(candidates, own);
    if (best === undefined || best === "ambiguous") return undefined;
    best.entry.taken = true;
    return { callId: best.entry.callId, place: best.entry.place, resemblance: best.resemblance };
  }

  #bestOf(candidates: readonly Pending<Place>[], own: LegFeatures): Best<Place> | "ambiguous" | undefined {
    let best: Best<Place> | undefined;
    let ambiguous = false;
    for (const entry of candidates) {
      const features = this.#featuresOf(entry);
      const found = features && resemblance(features, own);
      if (found === undefined || (best !== undefined && found.score < best.resemblance.score)) continue;
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

function isOpen<Place>({ timeMicros, taken, accepted }: Pending<Place>, nowMicros: number): boolean {
  return nowMicros - timeMicros <= (taken && !accepted ? HUNTING_MICROS : WINDOW_MICROS);
}

interface Best<Place> {
  readonly entry: Pending<Place>;
  readonly resemblance: Resemblance;
}
