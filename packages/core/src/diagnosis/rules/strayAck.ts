import type { SipResponse } from "../../message/message.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";

/** An ACK after the 2xx whose To tag or CSeq number fits no answer in view. RFC 3261 §13.2.2.4 */
export function strayAck({ fromTag, packet }: SipResponse, { leg }: Context): Transaction | undefined {
  const strays = leg.transactions.filter(
    ({ method, first }) =>
      method === "ACK" && first.fromTag === fromTag && first.packet.timeMicros >= packet.timeMicros,
  );
  if (strays.length === 0) return undefined;
  const answered = new Set(
    leg.transactions
      .filter(({ method }) => method === "INVITE")
      .flatMap(({ responses }) => responses)
      .flatMap(({ statusCode, cseqNumber, toTag }) => (statusCode >= 200 ? [`${cseqNumber} ${toTag}`] : [])),
  );
  return strays.find(({ cseqNumber, first }) => !answered.has(`${cseqNumber} ${first.toTag}`));
}
