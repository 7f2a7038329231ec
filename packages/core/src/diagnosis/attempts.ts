import type { SipRequest } from "../message/message.ts";
import type { MessagePeek } from "../message/peekMessage.ts";
import { indexedText, PLACE } from "../network/messageIndex.ts";
import type { Packet } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { timerB } from "../transaction/timers.ts";

/** What was asked for, those used least recently forgotten first, and calls of which another attempt is known. */
const MAX_ASKED = 10_000;
const MAX_CALLS = 100_000;
const MAX_PER_ASKED = 8;
/** A client tries the next server at once after a refusal, or when its timer has run out. RFC 3263 §4.3 */
const WINDOW_MICROS: number = timerB + 5_000_000;
const NOBODY: readonly OtherAttempt[] = [];

/** The same client asked for the same callee at another server, with another Call-ID. */
export interface OtherAttempt {
  readonly callId: string;
  /** Of the other server, without its port. */
  readonly address: string;
  /** It asks for whom a redirect had named instead, at this time; the call is another one. */
  readonly dialledMicros?: number;
}

interface Asked {
  readonly callId: string;
  readonly address: string;
  readonly timeMicros: number;
}

/** Finds calls that a client tried at several servers: a PBX does so with a Call-ID of its own for each. */
export class Attempts {
  readonly #asked = new RecentMap<string, Asked[]>(MAX_ASKED);
  readonly #others: Map<string, OtherAttempt[]> = new Map();

  push(packet: Packet, { kind, method, hasToTag, callId, index }: MessagePeek): void {
    if (kind !== "request" || hasToTag || NO_ATTEMPT.has(method)) return;
    const line = indexedText(packet, index, PLACE.methodEnd, PLACE.startLine + 1);
    const user = line.indexOf("@");
    const key = `${packet.source.address} ${method}${user < 0 ? line : line.slice(0, user)}`;
    const { address } = packet.destination;
    const { timeMicros } = packet;
    const known = this.#asked.get(key);
    if (known === undefined) {
      this.#asked.set(key, [{ callId, address, timeMicros }]);
      return;
    }
    if (known.some((asked) => asked.callId === callId && asked.address === address)) return;
    for (const asked of known) {
      if (asked.address === address || asked.callId === callId || timeMicros - asked.timeMicros > WINDOW_MICROS)
        continue;
      this.#note({ callId: asked.callId, address });
      this.#note({ callId, address: asked.address });
    }
    if (known.length >= MAX_PER_ASKED) known.shift();
    known.push({ callId, address, timeMicros });
  }

  /** Where else what this call asks for was tried, shortly before or after. */
  othersOf(callId: string): readonly OtherAttempt[] {
    return this.#others.get(callId) ?? NOBODY;
  }

  /** The call is over and judged. */
  forget(callId: string): void {
    this.#others.delete(callId);
  }

  /** The client of the call of this Call-ID was redirected, and calls the target in another call. */
  noteDialled(callId: string, { packet: { destination, timeMicros } }: SipRequest): void {
    this.#note({ callId, address: destination.address, dialledMicros: timeMicros });
  }

  #note(attempt: OtherAttempt): void {
    const known = this.#others.get(attempt.callId);
    if (known !== undefined) {
      if (known.length < MAX_PER_ASKED) known.push(attempt);
    } else if (this.#others.size < MAX_CALLS) this.#others.set(attempt.callId, [attempt]);
  }
}

/** Requests that are sent to several servers for other reasons, or to where another one went. RFC 3261 §9.1, §17.1.1.3 */
const NO_ATTEMPT: ReadonlySet<string> = new Set(["ACK", "CANCEL", "BYE", "OPTIONS", "REGISTER"]);
