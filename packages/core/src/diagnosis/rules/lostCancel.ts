import type { Endpoint, IcmpUnreachable } from "../../network/packet.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";
import { deliveryFailure } from "./deliveryFailure.ts";

export interface LostCancel {
  /** Where the CANCEL was sent. */
  readonly server: Endpoint;
  readonly event: IcmpUnreachable;
}

/** A CANCEL that drew an ICMP error: who had got the INVITE is not there any more. RFC 3261 §18.4 */
export function lostCancel(root: Transaction, context: Context): LostCancel | undefined {
  for (const { cancel, server } of hops(root)) {
    const event = cancel && deliveryFailure(cancel, context);
    if (event?.kind === "icmp-unreachable") return { server, event };
  }
  return undefined;
}
