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
/** Those that were looked at are let go of so many at a time. */
const LOOKED_AT = 1024;

/** Requests in the order in which they were sent, for as long as most servers need to answer. */
export class UnansweredRequests {
  readonly #watched: AskedRequest[] = [];
  /** Those before it were looked at. */
  #first = 0;
  /** When the next one has waited for T1. */
  dueMicros: number = Number.POSITIVE_INFINITY;

  add(request: AskedRequest): void {
    if (this.#watched.length === this.#first) this.dueMicros = request.sinceMicros + T1;
    else if (this.#watched.length - this.#first === MAX_WATCHED) this.#take();
    this.#watched.push(request);
  }

  /** One that has waited for T1 by now; each once. */
  next(nowMicros: number): AskedRequest | undefined {
    return this.dueMicros <= nowMicros ? this.#take() : undefined;
  }

  #take(): AskedRequest {
    const request = this.#watched[this.#first++];
    if (this.#first >= Math.min(LOOKED_AT, this.#watched.length)) {
      this.#watched.splice(0, this.#first);
      this.#first = 0;
    }
    this.dueMicros =
      this.#watched.length === 0 ? Number.POSITIVE_INFINITY : this.#watched[this.#first].sinceMicros + T1;
    return request;
  }
}
