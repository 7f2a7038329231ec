import type { Transaction } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";
import type { DeliveryEvent } from "../networkEvents.ts";
import type { Context } from "../rule.ts";
import { deliveryFailure } from "./deliveryFailure.ts";
import { sentOn } from "./sentOn.ts";

export interface SendFailure {
  readonly hop: Transaction;
  readonly event: DeliveryEvent;
}

/** What the element that answered had sent on could not be delivered, and nothing else had come back to it. RFC 3261 §16.9, §18.4 */
export function sendFailure(answer: Answer, context: Context): SendFailure | undefined {
  const answered = answer.minted.packet.timeMicros;
  const tried = sentOn(answer, context);
  if (tried.some(({ responses }) => responses.some(({ packet }) => packet.timeMicros <= answered))) return undefined;
  for (const hop of tried.toReversed()) {
    const event = deliveryFailure(hop, context);
    if (event !== undefined && event.timeMicros <= answered) return { hop, event };
  }
  return undefined;
}
