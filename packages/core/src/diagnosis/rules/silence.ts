import { timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";

/** Two retransmissions show that the client waits and gets nothing: at 0, T1 and 3*T1. RFC 3261 §17.1.1.2 */
const SENDINGS_THAT_SHOW_SILENCE = 3;

/** True where no response at all is in view, neither on this hop nor behind it. */
export function isSilent(transaction: Transaction): boolean {
  return transaction.responses.length === 0 && transaction.downstream.every(({ responses }) => responses.length === 0);
}

/** How long a request was watched, in microseconds, and what that shows of the silence after it. Guard G1. */
export interface Watch {
  readonly watchedMicros: number;
  /** Retransmissions, or the end of timer B or F, show that the client got nothing. */
  readonly shown: boolean;
  /** The client's own timer ran out within the capture. */
  readonly expired: boolean;
}

export function watchOf({ first, requests }: Transaction, { observedUntilMicros }: Context): Watch {
  const watchedMicros = observedUntilMicros - first.packet.timeMicros;
  const expired = watchedMicros >= timerB;
  return { watchedMicros, shown: expired || requests.length >= SENDINGS_THAT_SHOW_SILENCE, expired };
}
