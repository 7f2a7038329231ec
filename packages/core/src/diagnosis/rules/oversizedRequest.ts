import type { IcmpUnreachable } from "../../network/packet.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";
import { isSilent, watchOf } from "./silence.ts";

/** With an unknown path MTU, a larger request must not go over UDP. RFC 3261 §18.1.1 */
const LARGEST_OVER_UDP_BYTES = 1300;

/** A request over UDP too large for one packet, to which nothing came back, though smaller ones were answered. */
export interface OversizedRequest {
  readonly hop: Transaction;
  readonly bytes: number;
  /** The size of a smaller one that was answered; 0 where an ICMP error proves the loss. */
  readonly answeredBytes: number;
  readonly answered: Transaction | undefined;
  readonly event: IcmpUnreachable | undefined;
}

/** RFC 3261 §18.1.1 */
export function oversizedRequest(root: Transaction, context: Context): OversizedRequest | undefined {
  for (const hop of root.downstream.length === 0 ? [root] : hops(root)) {
    const bytes = sizeOf(hop);
    if (!isTooLarge(hop, bytes) || !isSilent(hop)) continue;
    const event = fragmentationNeeded(hop, context);
    const answered = event === undefined ? answeredSmaller(hop, bytes, context) : undefined;
    if (event === undefined && (answered === undefined || !watchOf(hop, context).shown)) continue;
    return { hop, bytes, answeredBytes: answered === undefined ? 0 : sizeOf(answered), answered, event };
  }
  return undefined;
}

function sizeOf({ request }: Transaction): number {
  return request === undefined ? 0 : request.packet.end - request.packet.start;
}

function isTooLarge({ request }: Transaction, bytes: number): boolean {
  if (request === undefined || request.packet.transport !== "udp") return false;
  return bytes > LARGEST_OVER_UDP_BYTES || request.packet.fragments > 1;
}

function fragmentationNeeded(hop: Transaction, context: Context): IcmpUnreachable | undefined {
  return context
    .eventsAbout(hop.client, hop.server, hop.first.packet.timeMicros)
    .find(
      (event): event is IcmpUnreachable => event.kind === "icmp-unreachable" && event.reason === "fragmentation-needed",
    );
}

function answeredSmaller(hop: Transaction, bytes: number, { call }: Context): Transaction | undefined {
  for (const { transactions } of call.legs) {
    const found = transactions.find(
      (other) =>
        other.server === hop.server &&
        other.client.address === hop.client.address &&
        other.responses.length > 0 &&
        other.request !== undefined &&
        other.request.packet.transport === "udp" &&
        other.request.packet.fragments === 1 &&
        sizeOf(other) < Math.min(bytes, LARGEST_OVER_UDP_BYTES),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}
