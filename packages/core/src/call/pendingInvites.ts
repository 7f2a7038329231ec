import type { SipRequest } from "../message/message.ts";
import { parseMessage } from "../message/parseMessage.ts";
import type { Packet } from "../network/packet.ts";
import { legFeatures, type LegFeatures, resemblance, type Resemblance } from "./legFeatures.ts";

/** How long after an INVITE arrived a B2BUA may send its own. */
const WINDOW_MICROS = 10_000_000;
/** INVITEs remembered per host, and hosts. */
const MAX_PER_HOST = 64;
const MAX_HOSTS = 10_000;

interface Pending {
  readonly callId: string;
  readonly packet: Packet;
  features: LegFeatures | undefined;
  taken: boolean;
}

/** INVITEs that have arrived at a host, so that the leg which the host then opens itself can be told to be of the same call. */
export class PendingInvites {
  readonly #byHost: Map<string, Pending[]> = new Map();
  #sweptMicros = Number.NEGATIVE_INFINITY;

  add(callId: string, packet: Packet): void {
    const { destination, timeMicros } = packet;
    if (timeMicros - this.#sweptMicros > WINDOW_MICROS) this.#sweep(timeMicros);
    const entry = { callId, packet, features: undefined, taken: false };
    const known = this.#byHost.get(destination.address);
    if (known !== undefined) {
      if (known.length >= MAX_PER_HOST) known.shift();
      known.push(entry);
    } else if (this.#byHost.size < MAX_HOSTS) this.#byHost.set(destination.address, [entry]);
  }

  /**
   * The INVITE of another Call-ID that this one, the first of its leg, continues: it left the host at which the other had arrived,
   * and carries something over. Time alone never joins, and where two would fit equally well, none does. Guard G5.
   */
  match(invite: SipRequest): { callId: string; packet: Packet; resemblance: Resemblance } | undefined {
    const { source, timeMicros } = invite.packet;
    const candidates = (this.#byHost.get(source.address) ?? []).filter(
      ({ callId, packet }) => callId !== invite.callId && timeMicros - packet.timeMicros <= WINDOW_MICROS,
    );
    if (candidates.length === 0) return undefined;
    const own = legFeatures(invite);
    const fresh = bestOf(
      candidates.filter(({ taken }) => !taken),
      own,
    );
    // A B2BUA that forks continues one leg several times.
    const best = fresh ?? bestOf(candidates, own);
    if (best === undefined || best === "ambiguous") return undefined;
    best.entry.taken = true;
    return { callId: best.entry.callId, packet: best.entry.packet, resemblance: best.resemblance };
  }

  #sweep(nowMicros: number): void {
    this.#sweptMicros = nowMicros;
    for (const [host, entries] of this.#byHost) {
      const last = entries[entries.length - 1];
      if (nowMicros - last.packet.timeMicros > WINDOW_MICROS) this.#byHost.delete(host);
    }
  }
}

interface Best {
  readonly entry: Pending;
  readonly resemblance: Resemblance;
}

function bestOf(candidates: readonly Pending[], own: LegFeatures): Best | "ambiguous" | undefined {
  let best: Best | undefined;
  let ambiguous = false;
  for (const entry of candidates) {
    const found = resemblance(featuresOf(entry), own);
    if (found === undefined || (best !== undefined && found.score < best.resemblance.score)) continue;
    ambiguous = found.score === best?.resemblance.score && entry.callId !== best.entry.callId;
    best = { entry, resemblance: found };
  }
  return ambiguous ? "ambiguous" : best;
}

function featuresOf(entry: Pending): LegFeatures {
  entry.features ??= legFeatures(parseMessage(entry.packet) as SipRequest);
  return entry.features;
}
