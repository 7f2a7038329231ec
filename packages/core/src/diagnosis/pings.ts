import type { Leg } from "../call/leg.ts";
import type { Endpoint } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { timerB as timerF } from "../transaction/timers.ts";
import type { Transaction } from "../transaction/transaction.ts";

/** Elements that ping, those used least recently forgotten first, and targets of each. */
const MAX_CLIENTS = 10_000;
const MAX_TARGETS = 32;
/** Over UDP one repetition shows that nothing came. RFC 3261 §17.1.2.2 */
const SENDINGS_THAT_SHOW_SILENCE = 2;
const NOBODY: readonly string[] = [];

/** Times in microseconds since the epoch. */
interface Target {
  /** The latest ping that was answered. */
  answered: number;
  /** The first ping since then that was not; infinite where none was. */
  silentSince: number;
}

/** Which targets elements ping with OPTIONS, and which of them stay silent, from calls that have ended. RFC 3261 §11 */
export class Pings {
  readonly #targets = new RecentMap<string, Map<string, Target>>(MAX_CLIENTS);

  learn({ roots }: Leg): void {
    for (const root of roots) {
      if (root.method !== "OPTIONS" || root.request === undefined || root.request.toTag !== "") continue;
      if (root.finalResponse !== undefined) this.#note(root, "answered");
      else if (root.requests.length >= SENDINGS_THAT_SHOW_SILENCE && root.responses.length === 0)
        this.#note(root, "silent");
    }
  }

  /**
   * The targets that this element pings, where at this time each of them has been silent for as long as a ping may take; none where it pings
   * nobody.
   */
  silentTargetsOf({ address }: Endpoint, atMicros: number): readonly string[] {
    const known = this.#targets.get(address);
    if (known === undefined || known.size >= MAX_TARGETS) return NOBODY;
    return [...known.values()].every(({ silentSince }) => atMicros - silentSince >= timerF)
      ? [...known.keys()]
      : NOBODY;
  }

  #note({ client, server, first }: Transaction, kind: "answered" | "silent"): void {
    let known = this.#targets.get(client.address);
    if (known === undefined) this.#targets.set(client.address, (known = new Map()));
    let target = known.get(server.text);
    if (target === undefined) {
      if (known.size >= MAX_TARGETS) return;
      target = { answered: Number.NEGATIVE_INFINITY, silentSince: Number.POSITIVE_INFINITY };
      known.set(server.text, target);
    }
    const { timeMicros } = first.packet;
    if (kind === "answered") {
      target.answered = Math.max(target.answered, timeMicros);
      if (target.silentSince < target.answered) target.silentSince = Number.POSITIVE_INFINITY;
    } else if (timeMicros > target.answered) target.silentSince = Math.min(target.silentSince, timeMicros);
  }
}
