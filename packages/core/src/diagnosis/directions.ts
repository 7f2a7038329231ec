import type { Leg } from "../call/leg.ts";
import type { Incident } from "../capture/incident.ts";
import type { SipMessage } from "../message/message.ts";
import { wayText } from "../network/endpoint.ts";
import type { Endpoint } from "../network/packet.ts";
import { timerB } from "../transaction/timers.ts";
import type { Transaction } from "../transaction/transaction.ts";

/** One message alone may be all that a capture holds of a call that was going on. */
const MESSAGES_THAT_SHOW_IT = 2;

/**
 * Tells whether the captures hold only one direction of the traffic: no call has messages both ways, yet what is there shows that
 * the other side spoke (a response without its request; an ACK, which answers a final response). Guard G2.
 */
export class Directions {
  #bothSeen = false;
  #proofs = 0;
  #messages = 0;
  #firstProof: { capture: number; frame: number } | undefined;
  #firstMicros: number = Number.POSITIVE_INFINITY;
  /** The other side spoke between two messages that are in view. */
  #spokeWithin = false;
  /** The latest proof of something that the other side sent within `timerB` before. */
  #latestAnswerMicros: number = Number.NEGATIVE_INFINITY;

  add(leg: Leg): void {
    if (this.#bothSeen) return;
    this.#bothSeen = leg.transactions.some(isAnswered) || goesBothWays(leg);
    if (this.#bothSeen) return;
    for (const message of leg.messages) this.#firstMicros = Math.min(this.#firstMicros, timeOf(message));
    const asked = leg.transactions.filter(({ method, request }) => method === "INVITE" && request !== undefined);
    for (const transaction of leg.transactions) if (showsOtherSide(transaction)) this.#addProof(transaction, asked);
  }

  incident(): Incident | undefined {
    if (this.#bothSeen || this.#firstProof === undefined || this.#messages < MESSAGES_THAT_SHOW_IT) return undefined;
    const { capture, frame } = this.#firstProof;
    const proven = this.#spokeWithin || this.#latestAnswerMicros - this.#firstMicros > timerB;
    return { kind: "one-direction", capture, count: this.#proofs, frame, values: { proven: proven ? "yes" : "no" } };
  }

  #addProof(transaction: Transaction, invites: readonly Transaction[]): void {
    this.#proofs++;
    this.#firstProof ??= transaction.first.packet;
    this.#messages += transaction.requests.length + transaction.responses.length;
    const isAcknowledged = transaction.request !== undefined && transaction.acks.length > 0;
    if (
      isAcknowledged ||
      (transaction.method === "ACK" && invites.some((each) => isAcknowledgedBy(each, transaction)))
    ) {
      this.#messages++;
      this.#spokeWithin = true;
    }
    // Phones ring for minutes; any other request is answered within timer F, or no more. RFC 3261 §17.1.2.2, §13.3.1.4
    const micros = timeOf(transaction.first);
    if (transaction.method !== "INVITE" && micros > this.#latestAnswerMicros) this.#latestAnswerMicros = micros;
  }
}

function isAnswered({ request, responses }: Transaction): boolean {
  return request !== undefined && responses.length > 0;
}

function goesBothWays({ messages }: Leg): boolean {
  const ways = new Set(messages.map(({ packet: { source, destination } }) => wayOf(source, destination)));
  return messages.some(
    ({ packet: { source, destination } }) => source !== destination && ways.has(wayOf(destination, source)),
  );
}

/** By host, as an element may answer from another port; by port where both are on one host. */
function wayOf(source: Endpoint, destination: Endpoint): string {
  return source.address === destination.address
    ? wayText(source, destination)
    : `${source.address} ${destination.address}`;
}

function showsOtherSide({ request, method, acks }: Transaction): boolean {
  return request === undefined || method === "ACK" || acks.length > 0;
}

/** The answer to this INVITE is not in the capture, though it came between the two. */
function isAcknowledgedBy({ cseqNumber, first }: Transaction, ack: Transaction): boolean {
  if (cseqNumber !== ack.cseqNumber || first.fromTag !== ack.first.fromTag) return false;
  return timeOf(first) <= timeOf(ack.first);
}

/** NaN, which is neither before nor after anything, where a message has no time. */
function timeOf({ packet }: SipMessage): number {
  return packet.untimed === true ? Number.NaN : packet.timeMicros;
}
