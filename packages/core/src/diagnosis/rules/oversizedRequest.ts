import type { Call } from "../../call/call.ts";
import type { IcmpUnreachable } from "../../network/packet.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";
import { isSilent, watchOf } from "./silence.ts";

/** With an unknown path MTU, a larger request must not go over UDP. RFC 3261 §18.1.1 */
const LARGEST_OVER_UDP_BYTES = 1300;
/** Ethernet carries 1500 bytes, with 20 of an IPv4 header or 40 of an IPv6 header, and 8 of UDP. */
const LARGEST_IN_ONE_PACKET_BYTES = { ipv4: 1472, ipv6: 1452 };

/** A request over UDP too large for one packet, to which nothing came back, though smaller ones were answered. */
export interface OversizedRequest {
  readonly hop: Transaction;
  readonly bytes: number;
  /** The size of a smaller one that was answered; 0 where an ICMP error shows the loss. */
  readonly answeredBytes: number;
  readonly answered: Transaction | undefined;
  readonly event: IcmpUnreachable | undefined;
  /** The error came after the last sending: with none before it, the client may have sent the later ones in fragments. */
  readonly proven: boolean;
  /** It does not fit into one packet of the usual size. */
  readonly fragmented: boolean;
}

/** RFC 3261 §18.1.1 */
export function oversizedRequest(root: Transaction, context: Context): OversizedRequest | undefined {
  for (const hop of hops(root)) {
    const bytes = sizeOf(hop);
    if (!isTooLarge(hop, bytes) || !isSilent(hop, context)) continue;
    const event = fragmentationNeeded(hop, context);
    const answered = event === undefined ? answeredSmaller(hop, bytes, context) : undefined;
    if (event === undefined && (answered === undefined || !watchOf(hop, context).shown)) continue;
    if (event === undefined && isNotForItsSize(hop, bytes, context)) continue;
    const last = hop.requests[hop.requests.length - 1];
    return {
      hop,
      bytes,
      answeredBytes: answered === undefined ? 0 : sizeOf(answered),
      answered,
      event,
      proven: event !== undefined && event.timeMicros >= last.packet.timeMicros,
      fragmented: hop.first.packet.fragments > 1 || bytes > largestInOnePacket(hop),
    };
  }
  return undefined;
}

function largestInOnePacket({ server }: Transaction): number {
  return server.address.includes(":") ? LARGEST_IN_ONE_PACKET_BYTES.ipv6 : LARGEST_IN_ONE_PACKET_BYTES.ipv4;
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
    .findLast(
      (event): event is IcmpUnreachable => event.kind === "icmp-unreachable" && event.reason === "fragmentation-needed",
    );
}

function answeredSmaller(hop: Transaction, bytes: number, { call }: Context): Transaction | undefined {
  return findAlike(
    hop,
    call,
    (other) =>
      other.responses.length > 0 && fragmentsOf(other) === 1 && sizeOf(other) < Math.min(bytes, LARGEST_OVER_UDP_BYTES),
  );
}

/** As large a one, or fragments, came through, or a smaller one sent later did not. */
function isNotForItsSize(hop: Transaction, bytes: number, context: Context): boolean {
  const other = findAlike(hop, context.call, (each) => {
    if (each.responses.length > 0) return sizeOf(each) >= bytes || fragmentsOf(each) > 1;
    if (each.method === "ACK" || each.first.packet.timeMicros <= hop.first.packet.timeMicros) return false;
    return sizeOf(each) < LARGEST_OVER_UDP_BYTES && isSilent(each, context) && watchOf(each, context).shown;
  });
  return other !== undefined;
}

/** Another request over UDP between the same two. */
function findAlike(hop: Transaction, call: Call, fits: (other: Transaction) => boolean): Transaction | undefined {
  for (const { transactions } of call.legs) {
    const found = transactions.find(
      (other) =>
        other !== hop &&
        other.server === hop.server &&
        other.client.address === hop.client.address &&
        other.request?.packet.transport === "udp" &&
        fits(other),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function fragmentsOf({ request }: Transaction): number {
  return request?.packet.fragments ?? 1;
}
