import type { SipResponse } from "../../message/message.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Context, Missing } from "../rule.ts";
import { longer } from "../wording.ts";

/** A refusal that a client can mend by itself is none before the client had time to. Empty where it had. Guard G1. */
export function untilRetryIsDue(refusal: SipResponse, { observedUntilMicros }: Context): Missing[] {
  const watched = observedUntilMicros - refusal.packet.timeMicros;
  return watched >= timerB ? [] : [longer(Math.ceil((timerB - watched) / 1e6))];
}
