import type { SipResponse } from "../../message/message.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";
import type { Context } from "../rule.ts";

/** Where an answer was minted, and as it was there: on another leg where a B2BUA only passed it on. */
export interface Minting {
  readonly hop: Transaction;
  readonly minted: SipResponse;
  /** The 180 of the side that then gave this answer; other phones of a fork have other tags. RFC 3261 §12.1, §21.1.2 */
  readonly alert: SipResponse | undefined;
}

export function mintingOf(answer: Answer, context: Context): Minting {
  const { hop, minted } = placeOf(answer, context);
  const alert = hop.responses.find(
    ({ statusCode, toTag }) => statusCode === 180 && (toTag === minted.toTag || toTag === ""),
  );
  return { hop, minted, alert };
}

function placeOf({ lastHop, minted, origin, statusCode }: Answer, { call }: Context): Pick<Minting, "hop" | "minted"> {
  if (lastHop.server === origin.endpoint) return { hop: lastHop, minted };
  for (const hop of call.legs.flatMap(({ transactions }) => transactions).toReversed()) {
    const final = hop.finalResponse;
    if (hop.method !== lastHop.method || hop.server !== origin.endpoint || final?.statusCode !== statusCode) continue;
    if (final.packet.timeMicros <= minted.packet.timeMicros) return { hop, minted: final };
  }
  return { hop: lastHop, minted };
}
