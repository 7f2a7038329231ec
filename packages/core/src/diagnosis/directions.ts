import type { Leg } from "../call/leg.ts";
import type { Incident } from "../capture/incident.ts";
import type { Transaction } from "../transaction/transaction.ts";

/**
 * Tells whether the captures hold only one direction of the traffic: no request has its response, yet what is there proves that
 * the other side spoke (a response without its request; an ACK, which answers a final response). Guard G2.
 */
export class Directions {
  #bothSeen = 0;
  #proofs = 0;
  #firstProof: { capture: number; frame: number } | undefined;

  add(leg: Leg): void {
    if (this.#bothSeen > 0) return;
    for (const transaction of leg.transactions) {
      if (transaction.request !== undefined && transaction.responses.length > 0) this.#bothSeen++;
      else if (provesOtherSide(transaction)) {
        this.#proofs++;
        this.#firstProof ??= transaction.first.packet;
      }
    }
  }

  incident(): Incident | undefined {
    if (this.#bothSeen > 0 || this.#firstProof === undefined) return undefined;
    return {
      kind: "one-direction",
      capture: this.#firstProof.capture,
      count: this.#proofs,
      frame: this.#firstProof.frame,
    };
  }
}

function provesOtherSide(transaction: Transaction): boolean {
  return transaction.request === undefined || transaction.method === "ACK" || transaction.acks.length > 0;
}
