import type { Endpoint } from "../network/packet.ts";
import { T1 } from "../transaction/timers.ts";

/** A request outside of a dialog that had got no response yet when it was sent. */
export interface AskedRequest {
  readonly callId: string;
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly sinceMicros: number;
}

/** The newest are looked at: of more than these in half a second the oldest is forgotten. */
const MAX_WATCHED = 65_536;

/** Requests in the order in which they were sent, for as long as most servers need to answer. */
export class UnansweredRequests {
  readonly #watched: (AskedRequest | undefined)[] = [];
  #first = 0;
  #count = 0;
  /** When the next one has waited for T1. */
  dueMicros: number = Number.POSITIVE_INFINITY;

  add(request: AskedRequest): void {
    if (this.#count === 0) this.dueMicros = request.sinceMicros + T1;
    else if (this.#count === MAX_WATCHED) this.#take();
    this.#watched[(this.#first + this.#count++) % MAX_WATCHED] = request;
  }

  /** One that has waited for T1 by now; each once. */
  next(nowMicros: number): AskedRequest | undefined {
    return this.dueMicros <= nowMicros ? this.#take() : undefined;
  }

  #take(): AskedRequest | undefined {
    const request = this.#watched[this.#first];
    this.#watched[this.#first] = undefined;
    this.#first = (this.#first + 1) % MAX_WATCHED;
    const following = --this.#count === 0 ? undefined : this.#watched[this.#first];
    this.dueMicros = following === undefined ? Number.POSITIVE_INFINITY : following.sinceMicros + T1;
    return request;
  }
}
