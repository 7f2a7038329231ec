import type { Leg } from "../../call/leg.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { via } from "../../message/via.ts";
import { T1, timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { challengesOf, credentialsOf } from "./challenges.ts";

/** Of SIP over UDP. RFC 3261 §19.1.2 */
const DEFAULT_PORT = 5060;

/** Responses that did not go where the request came from, and a client that asks on. */
export interface Misdelivery {
  readonly response: SipResponse;
  /** Retransmissions since: the client did not get it. */
  readonly again: readonly SipRequest[];
  /** Undefined where neither explains it: the Via asks for symmetric responses, or names another place than the one used. */
  readonly cause: "no-rport" | "sent-by-private" | undefined;
}

/** RFC 3261 §18.2.2, RFC 3581 §4 */
export function misdeliveryOf(transaction: Transaction, leg: Leg): Misdelivery | undefined {
  const { request, requests, responses, acks, client } = transaction;
  if (request === undefined || requests.length < 2 || responses.length === 0 || acks.length > 0) return undefined;
  if (request.packet.transport !== "udp" || responses.some(({ packet }) => packet.destination === client))
    return undefined;
  const response = responses[0];
  const again = requests.filter(({ packet }) => packet.timeMicros - response.packet.timeMicros > T1 / 2);
  if (again.length === 0 || hasArrived(transaction, leg)) return undefined;
  return { response, again, cause: causeOf(request, response) };
}

/** The client goes on as only one can that got the answer: it may listen on another port than it sends from. */
function hasArrived(transaction: Transaction, { transactions }: Leg): boolean {
  return transactions.some(
    ({ request, client }) =>
      request !== undefined &&
      client.host === transaction.client.host &&
      request.packet.timeMicros > transaction.responses[0].packet.timeMicros &&
      followsOn(request, transaction),
  );
}

/**
 * Inside the dialog that an answer opened, with the nonce of its challenge, or the next of its kind before the timer of this one ran out.
 * RFC 3261 §10.2, §12.2.1.1, §17.1, §22.2
 */
function followsOn(request: SipRequest, { first, method, cseqNumber, responses }: Transaction): boolean {
  if (request.toTag !== "" && responses.some(({ toTag }) => toTag === request.toTag)) return true;
  const nonces = responses.flatMap(challengesOf).map(({ challenge }) => challenge.nonce);
  if (credentialsOf(request).some(({ credentials }) => nonces.includes(credentials.nonce))) return true;
  const isNext = request.method === method && request.cseqNumber > cseqNumber;
  return isNext && request.packet.timeMicros - first.packet.timeMicros < timerB;
}

function causeOf(request: SipRequest, { packet }: SipResponse): Misdelivery["cause"] {
  const top = request.first(via);
  if (top === undefined || top.params.has("maddr")) return undefined;
  const { source } = request.packet;
  const { destination } = packet;
  if (destination.address === source.address) {
    return top.params.has("rport") || destination.port !== (top.port ?? DEFAULT_PORT) ? undefined : "no-rport";
  }
  return destination.address === top.host ? "sent-by-private" : undefined;
}
