import type { Call } from "../../call/call.ts";
import type { IcmpUnreachable } from "../../network/packet.ts";
import type { SipResponse } from "../../message/message.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";
import { isFragmented, sizeOf } from "./datagramSize.ts";
import { isSilent, watchOf } from "./silence.ts";

/** With an unknown path MTU, a larger request must not go over UDP. RFC 3261 §18.1.1 */
export const LARGEST_OVER_UDP_BYTES = 1300;

/** A request over UDP too large for one packet, to which nothing came back, and what shows that its size is why. */
export interface OversizedRequest {
  readonly hop: Transaction;
  readonly bytes: number;
  /** It does not fit into one packet of the usual size. */
  readonly fragmented: boolean;
  readonly shown: Shown;
}

export type Shown =
  /** `proven`: the error came for a repetition too, the last one in view. After the first error the client may have sent the later ones in fragments. */
  | { readonly by: "icmp"; readonly event: IcmpUnreachable; readonly proven: boolean }
  /** Of no sending all fragments are in the capture. `isServerUp`: another request of the client was answered. */
  | { readonly by: "lost"; readonly isServerUp: boolean }
  /** A smaller one of the same call was answered. */
  | { readonly by: "answered"; readonly transaction: Transaction; readonly bytes: number }
  /** Another request of the client, no INVITE, was answered meanwhile. */
  | { readonly by: "meanwhile"; readonly response: SipResponse };

/** RFC 3261 §18.1.1 */
export function oversizedRequest(root: Transaction, context: Context): OversizedRequest | undefined {
  for (const hop of hops(root)) {
    const bytes = bytesOf(hop);
    if (!isTooLarge(hop, bytes) || !isSilent(hop, context)) continue;
    const fragmented = isFragmented(hop.first);
    const shown = shownBy(hop, bytes, fragmented, context);
    if (shown !== undefined) return { hop, bytes, fragmented, shown };
  }
  return undefined;
}

function shownBy(hop: Transaction, bytes: number, fragmented: boolean, context: Context): Shown | undefined {
  const event = fragmentationNeeded(hop, context);
  const last = hop.requests[hop.requests.length - 1];
  const isRepeated = hop.requests.length > 1;
  if (event !== undefined)
    return { by: "icmp", event, proven: isRepeated && event.timeMicros >= last.packet.timeMicros };
  if (!watchOf(hop, context).shown || isNotForItsSize(hop, bytes, context)) return undefined;
  const transaction = answeredSmaller(hop, bytes, context);
  const response = answeredMeanwhile(hop, context);
  if (hop.requests.every(({ packet }) => packet.cut && packet.fragments > 1))
    return { by: "lost", isServerUp: transaction !== undefined || response !== undefined };
  if (transaction !== undefined) return { by: "answered", transaction, bytes: bytesOf(transaction) };
  return fragmented && response !== undefined ? { by: "meanwhile", response } : undefined;
}

/** Another INVITE may be as large. */
function answeredMeanwhile(hop: Transaction, context: Context): SipResponse | undefined {
  const response = context.answeredMeanwhile(hop);
  const isToTheSame = response?.packet.destination.host === hop.client.host;
  return isToTheSame && response.method !== "INVITE" ? response : undefined;
}

function bytesOf({ request }: Transaction): number {
  return request === undefined ? 0 : sizeOf(request);
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
      other.responses.length > 0 &&
      fragmentsOf(other) === 1 &&
      bytesOf(other) < Math.min(bytes, LARGEST_OVER_UDP_BYTES),
  );
}

/** As large a one, or fragments, came through, or a smaller one sent later did not. */
function isNotForItsSize(hop: Transaction, bytes: number, context: Context): boolean {
  const other = findAlike(hop, context.call, (each) => {
    if (each.responses.length > 0) return bytesOf(each) >= bytes || fragmentsOf(each) > 1;
    if (each.method === "ACK" || each.first.packet.timeMicros <= hop.first.packet.timeMicros) return false;
    return bytesOf(each) < LARGEST_OVER_UDP_BYTES && isSilent(each, context) && watchOf(each, context).shown;
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
        other.client.host === hop.client.host &&
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
