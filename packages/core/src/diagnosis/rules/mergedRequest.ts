import type { SipResponse } from "../../message/message.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";

/** A 482 to a request that reached its sender by another way as well. RFC 3261 §8.2.2.2 */
export interface MergedRequest {
  readonly refused: Transaction;
  readonly response: SipResponse;
  /** All hops on which it came, in order of time. */
  readonly copies: readonly Transaction[];
}

export function mergedRequest(root: Transaction, { leg }: Context): MergedRequest | undefined {
  for (const hop of hops(root)) {
    const response = hop.responses.find(({ statusCode }) => statusCode === 482);
    if (response === undefined || hop.request === undefined || hop.request.toTag !== "") continue;
    const copies = leg.transactions.filter((other) => other === hop || (isCopy(other, hop) && !hadEnded(other, hop)));
    if (copies.length > 1) return { refused: hop, response, copies };
  }
  return undefined;
}

/** The same request at the same element by another way: neither copy is the other one, forwarded. */
function isCopy(other: Transaction, hop: Transaction): boolean {
  if (other.request === undefined || other.request.toTag !== "" || other.branch === hop.branch) return false;
  if (other.method !== hop.method || other.cseqNumber !== hop.cseqNumber) return false;
  if (other.server !== hop.server || other.request.fromTag !== hop.first.fromTag) return false;
  return !isBehind(other, hop) && !isBehind(hop, other);
}

/** The client asks once more after a final response and does not count its CSeq number up. RFC 3261 §8.1.3.5, §22.2 */
export function comesAnew(hop: Transaction, { leg }: Context): boolean {
  return leg.transactions.some((other) => isCopy(other, hop) && hadEnded(other, hop));
}

/** A request is merged only with one whose transaction still goes on. RFC 3261 §8.2.2.2 */
function hadEnded({ finalResponse, acks }: Transaction, { first }: Transaction): boolean {
  return [finalResponse, ...acks].some((end) => end !== undefined && end.packet.timeMicros <= first.packet.timeMicros);
}

function isBehind(hop: Transaction, other: Transaction): boolean {
  for (let next = hop.upstream; next !== undefined; next = next.upstream) if (next === other) return true;
  return false;
}
