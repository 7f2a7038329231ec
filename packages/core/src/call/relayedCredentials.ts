import type { SipRequest } from "../message/message.ts";
import type { Packet } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { credentialsOf, type LegMatch } from "./legFeatures.ts";

/** Credentials remembered, those used least recently forgotten first. */
const MAX_SEEN = 10_000;
/** A B2BUA passes on at once what it only passes on. */
const AT_ONCE_MICROS = 2_000_000;

interface Seen<Place> {
  readonly callId: string;
  readonly packet: Pick<Packet, "source" | "destination" | "timeMicros">;
  readonly place: Place;
}

/**
 * Requests that answer a challenge, by their credentials: a B2BUA that has several addresses sends on what came to one of them from another one,
 * and a digest of one nonce is made once.
 */
export class RelayedCredentials<Place> {
  readonly #seen = new RecentMap<string, Seen<Place>>(MAX_SEEN);

  /** The request that went elsewhere with the same credentials just before, under another Call-ID. This one is remembered for those that follow. */
  match(request: SipRequest, place: Place): LegMatch<Place> | undefined {
    const { callId, method } = request;
    const { source, destination, timeMicros } = request.packet;
    const own = { callId, packet: { source, destination, timeMicros }, place };
    let found: Seen<Place> | undefined;
    for (const credentials of credentialsOf(request)) {
      const key = `${method} ${credentials}`;
      const before = this.#seen.get(key);
      if (found === undefined && before !== undefined && isBefore(before, own)) found = before;
      this.#seen.set(key, own);
    }
    return found && { place: found.place, resemblance: { kind: "same-credentials", score: 0.95 } };
  }
}

/** Neither sent by the same client again, nor back to it. */
function isBefore<Place>(before: Seen<Place>, { callId, packet }: Seen<Place>): boolean {
  const client = before.packet.source.host;
  return (
    before.callId !== callId &&
    packet.timeMicros - before.packet.timeMicros <= AT_ONCE_MICROS &&
    client !== packet.source.host &&
    client !== packet.destination.host &&
    before.packet.destination.host !== packet.destination.host
  );
}
