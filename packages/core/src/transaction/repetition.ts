import { T1, timerB } from "./timers.ts";
import type { Transaction } from "./transaction.ts";

/** No request but an INVITE waits longer for its next repetition. RFC 3261 §17.1.2.2 */
const T2 = 4_000_000;

/**
 * True where the request was repeated over UDP until this time, as it is while no response comes: by then the next repetition was not due. An overdue one
 * shows that a response came which is not in view, or that the capture missed packets. RFC 3261 §17.1.1.2, §17.1.2.2
 */
export function isRepeatedUntil({ method, first, requests }: Transaction, untilMicros: number): boolean {
  const last = requests.at(-1);
  if (last === undefined || requests.length < 2 || last.packet.untimed === true) return false;
  const passedMicros = last.packet.timeMicros - first.packet.timeMicros;
  const doubledMicros = 2 * passedMicros + T1;
  const dueMicros = method === "INVITE" ? doubledMicros : Math.min(doubledMicros, passedMicros + T2);
  // After timer B or F none is sent.
  return Math.min(untilMicros - first.packet.timeMicros, timerB) <= dueMicros + T1;
}
