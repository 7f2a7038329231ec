import type { SipRequest, SipResponse } from "../../message/message.ts";
import { via } from "../../message/via.ts";
import { T1 } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";

/** Responses that did not go where the request came from, and a client that asks on. */
export interface Misdelivery {
  readonly response: SipResponse;
  /** Retransmissions since: the client did not get it. */
  readonly again: readonly SipRequest[];
  /** Undefined where neither explains it: the Via asks for symmetric responses, or names another place than the one used. */
  readonly cause: "no-rport" | "sent-by-private" | undefined;
}

/** RFC 3261 §18.2.2, RFC 3581 §4 */
export function misdeliveryOf({ request, requests, responses, acks, client }: Transaction): Misdelivery | undefined {
  if (request === undefined || requests.length < 2 || responses.length === 0 || acks.length > 0) return undefined;
  if (request.packet.transport !== "udp" || responses.some(({ packet }) => packet.destination === client))
    return undefined;
  const response = responses[0];
  const again = requests.filter(({ packet }) => packet.timeMicros - response.packet.timeMicros > T1 / 2);
  return again.length === 0 ? undefined : { response, again, cause: causeOf(request, response) };
}

function causeOf(request: SipRequest, { packet }: SipResponse): Misdelivery["cause"] {
  const top = request.first(via);
  if (top === undefined || top.params.has("maddr")) return undefined;
  const { source } = request.packet;
  if (packet.destination.address === source.address) return top.params.has("rport") ? undefined : "no-rport";
  return packet.destination.address === top.host ? "sent-by-private" : undefined;
}
