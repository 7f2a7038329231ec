import type { SipRequest } from "../message/message.ts";
import type { Endpoint, Packet } from "../network/packet.ts";
import { legFeatures, type LegFeatures, resemblance, type Resemblance } from "./legFeatures.ts";

/** How long after an INVITE arrived a B2BUA may send its own. */
const WINDOW_MICROS = 10_000_000;
/** INVITEs remembered per host, and hosts. */
const MAX_PER_HOST = 64;
const MAX_HOSTS = 10_000;

interface Pending<Place> {
  readonly callId: string;
  readonly source: Endpoint;
  readonly timeMicros: number;
  /** Where the INVITE is kept. */
  readonly place: Place;
  features: LegFeatures | undefined;
  taken: boolean;
}

/** INVITEs that have arrived at a host, so that the leg which the host then opens itself can be told to be of the same call. */
export class PendingInvites<Place> {
  readonly #read: (place: Place) => SipRequest | undefined;
  readonly #byHost: Map<string, Pending<Place>[]> = new Map();
  #sweptMicros = Number.NEGATIVE_INFINITY;

  /** @param read gives the INVITE that is kept there, if it still is */
  constructor(read: (place: Place) => SipRequest | undefined) {
    this.#read = read;
  }

  /** An INVITE that arrived at its destination. */
  add(callId: string, { source, destination: { address }, timeMicros }: Packet, place: Place): void {
    if (timeMicros - this.#sweptMicros > WINDOW_MICROS) this.#sweep(timeMicros);
    const entry = { callId, source, timeMicros, place, features: undefined, taken: false };
    const known = this.#byHost.get(address);
    if (known !== undefined) {
      if (known.length >= MAX_PER_HOST) known.shift();
      known.push(entry);
    } else if (this.#byHost.size < MAX_HOSTS) this.#byHost.set(address, [entry]);
  }

  /**
   * The INVITE of another Call-ID that this one, the first of its leg, continues: it left the host at which the other had arrived,
   * and carries something over. Time alone never joins, and where two would fit equally well, none does. Guard G5. Who sent the other one
   * sends another call, also where client and server are on one host.
   */
  match(invite: SipRequest): { callId: string; place: Place; resemblance: Resemblance } | undefined {
    const { source, timeMicros } = invite.packet;
    const candidates = (this.#byHost.get(source.address) ?? []).filter(
      (entry) =>
        entry.callId !== invite.callId && entry.source !== source && timeMicros - entry.timeMicros <= WINDOW_MICROS,
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

  #sweep(nowMicros: number): void {
    this.#sweptMicros = nowMicros;
    for (const [host, entries] of this.#byHost) {
      const last = entries[entries.length - 1];
      if (nowMicros - last.timeMicros > WINDOW_MICROS) this.#byHost.delete(host);
    }
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

interface Best<Place> {
  readonly entry: Pending<Place>;
  readonly resemblance: Resemblance;
}
