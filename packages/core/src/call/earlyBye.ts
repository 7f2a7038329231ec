import { timerC } from "../transaction/timers.ts";
import { hops, isSuccess, type Transaction } from "../transaction/transaction.ts";
import type { Leg } from "./leg.ts";

/**
 * The BYE by which the caller ended what had only rung, and which the called side took. Not where an ACK shows that a 2xx came which the capture
 * lacks, nor after a time for which nothing rings. RFC 3261 §15, §15.1.2
 */
export function earlyBye(invite: Transaction, { roots, transactions }: Leg): Transaction | undefined {
  const { first, cseqNumber } = invite;
  const bye = roots.find(({ method, request }) => method === "BYE" && request?.fromTag === first.fromTag);
  const taken = bye?.finalResponse;
  if (bye === undefined || taken === undefined || !isSuccess(taken)) return undefined;
  const sentMicros = bye.first.packet.timeMicros;
  const seen = hops(invite).flatMap(({ responses }) => responses);
  const rang = seen.some(({ toTag, packet }) => toTag === bye.first.toTag && packet.timeMicros <= sentMicros);
  const wasAnswered =
    seen.some((each) => isSuccess(each) && each.packet.timeMicros <= sentMicros) ||
    transactions.some((other) => other.method === "ACK" && other.cseqNumber === cseqNumber);
  return rang && !wasAnswered && sentMicros - first.packet.timeMicros <= timerC ? bye : undefined;
}
