import type { SipResponse } from "../../message/message.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";
import type { Context } from "../rule.ts";
import { isActedOn } from "./actedOn.ts";
import { deliveryFailure } from "./deliveryFailure.ts";
import { sentOn } from "./sentOn.ts";

/** Why an element gave an answer of its own to a request that it had sent on. */
export interface EndedBehind {
  /** It had got another refusal there, or no response at all. */
  readonly kind: "refused" | "silent";
  /** Where it had sent the request last of all. */
  readonly hop: Transaction;
}

/** Of a branch that was cancelled. RFC 3261 §9.1 */
const REQUEST_TERMINATED = 487;

/** What happened behind the element that answered tells why; the answer is only what it made of that. Guard G7. */
export function endedBehind(answer: Answer, context: Context): EndedBehind | undefined {
  const { minted } = answer;
  const tried = sentOn(answer, context);
  const refused = tried
    .filter((hop) => isRefused(hop, minted) && !isActedOn(hop, tried))
    .toSorted((a, b) => endOf(a) - endOf(b))
    .at(-1);
  const sinceMicros = refused === undefined ? Number.NEGATIVE_INFINITY : endOf(refused);
  const silent = tried.findLast((hop) => isSilentUntil(minted, hop, context));
  if (silent !== undefined && silent.first.packet.timeMicros >= sinceMicros) return { kind: "silent", hop: silent };
  return refused && { kind: "refused", hop: refused };
}

function endOf({ finalResponse }: Transaction): number {
  return finalResponse?.packet.timeMicros ?? Number.POSITIVE_INFINITY;
}

function isRefused({ finalResponse }: Transaction, minted: SipResponse): boolean {
  return (
    finalResponse !== undefined &&
    finalResponse.statusCode >= 300 &&
    finalResponse.statusCode !== REQUEST_TERMINATED &&
    finalResponse.packet.timeMicros <= minted.packet.timeMicros
  );
}

/** Over UDP only its repetition shows that nothing came: an answer may have passed outside of the capture. RFC 3261 §17.1.1.2 */
function isSilentUntil(minted: SipResponse, hop: Transaction, context: Context): boolean {
  const { requests, responses, acks, first } = hop;
  if (hop.request === undefined || responses.length > 0 || acks.length > 0) return false;
  const sent = requests.filter(({ packet }) => packet.timeMicros <= minted.packet.timeMicros);
  return (
    sent.length > 1 || (sent.length > 0 && first.packet.transport !== "udp") || isUndelivered(minted, hop, context)
  );
}

function isUndelivered({ packet }: SipResponse, hop: Transaction, context: Context): boolean {
  const failure = deliveryFailure(hop, context);
  return failure !== undefined && failure.timeMicros <= packet.timeMicros;
}
