import { reason } from "../../message/reason.ts";
import type { SipMessage, SipResponse } from "../../message/message.ts";
import { ASTERISK_CAUSE, q850CauseOf } from "../../message/q850Cause.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";
import type { Context, Evidence } from "../rule.ts";
import { vitalFlawOfResponse } from "./flaw.ts";
import { sentOn } from "./sentOn.ts";

export const BAD_GATEWAY: ReadonlySet<number> = new Set([502]);

/** What the element that minted a 502 had got from behind it and could not use. */
export interface UnusableResponse {
  readonly cause: "malformed" | "wrong-transaction" | "downstream-5xx";
  readonly hop: Transaction;
  readonly response: SipResponse;
  /** For `wrong-transaction`: the header field in which it differs from the request. */
  readonly field: string;
  /** The line that shows it, as it was on the wire. */
  readonly line: string;
}

/** An answer in view behind the element that minted the 502, before it did, which is no valid SIP or does not fit. RFC 3261 §21.5.3 */
export function unusableResponse(answer: Answer, context: Context): UnusableResponse | undefined {
  const untilMicros = answer.minted.packet.timeMicros;
  for (const hop of sentOn(answer, context)) {
    const responses = hop.responses.filter(({ packet }) => packet.timeMicros <= untilMicros);
    const malformed = malformedResponse(hop, responses);
    if (malformed !== undefined) return { cause: "malformed", hop, field: "", ...malformed };
    const stray = strayResponse(hop, untilMicros, context);
    if (stray !== undefined) return { cause: "wrong-transaction", hop, line: stray.response.startLine, ...stray };
    const final = responses.find((response) => response === hop.finalResponse);
    if (final !== undefined && final.statusCode >= 500 && final.statusCode !== answer.statusCode) {
      return { cause: "downstream-5xx", hop, response: final, field: "", line: final.startLine };
    }
  }
  return undefined;
}

/** A status line that is none, or a flaw for which a receiver drops the response. */
function malformedResponse(
  { request }: Transaction,
  responses: readonly SipResponse[],
): { response: SipResponse; line: string } | undefined {
  const garbled = responses.find(({ statusCode }) => statusCode < 100 || statusCode > 699);
  if (garbled !== undefined) return { response: garbled, line: garbled.startLine };
  for (const response of responses) {
    const flaw = response.statusCode < 200 ? undefined : vitalFlawOfResponse(response, request);
    if (flaw !== undefined) return { response, line: flaw.quote };
  }
  return undefined;
}

/** A response between the same two elements that belongs to no request; one of a lower CSeq belongs to an earlier one. */
function strayResponse(
  hop: Transaction,
  untilMicros: number,
  { call }: Context,
): { response: SipResponse; field: string } | undefined {
  const leg = call.legs.find(({ callId }) => callId === hop.first.callId);
  const response = leg?.transactions
    .filter(({ request, client, server }) => request === undefined && client === hop.client && server === hop.server)
    .flatMap(({ responses }) => responses)
    .find(
      ({ packet, cseqMethod, cseqNumber }) =>
        packet.timeMicros >= hop.first.packet.timeMicros &&
        packet.timeMicros <= untilMicros &&
        !(cseqMethod === hop.method && cseqNumber < hop.cseqNumber),
    );
  if (response === undefined) return undefined;
  if (response.cseqNumber !== hop.cseqNumber || response.cseqMethod !== hop.method) return { response, field: "CSeq" };
  return { response, field: "Via" };
}

/** Q.850 27 becomes 502; 38 is what an earlier 502 became on its way through ISDN. RFC 3398 §7.2.4.1, §8.2.6.1 */
export function outOfOrderCause(answer: Answer, context: Context): "destination" | "network" | undefined {
  // What it had sent on by SIP goes before a cause: a PBX names its own errors that way too. Guard G7.
  if (sentOn(answer, context).length > 0) return undefined;
  const cause = q850CauseOf(answer.minted);
  return cause === 27 ? "destination" : cause === 38 ? "network" : undefined;
}

/** Where it gives its Q.850 cause. */
export function q850Evidence(message: SipMessage): Evidence {
  if (!message.has(reason)) return { message, line: `${ASTERISK_CAUSE}: ${q850CauseOf(message) ?? ""}` };
  const index = message.all(reason).findIndex(({ protocol }) => protocol.toUpperCase() === "Q.850");
  return { message, field: reason, index: Math.max(index, 0) };
}
