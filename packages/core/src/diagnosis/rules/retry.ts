import type { SipRequest, SipResponse } from "../../message/message.ts";
import { to } from "../../message/to.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context, Missing } from "../rule.ts";
import { longer } from "../missing.ts";

/** A refusal that a client can mend by itself is none before the client had time to. Empty where it had. Guard G1. */
export function untilRetryIsDue(refusal: SipResponse, { observedUntilMicros }: Context): Missing[] {
  const watched = observedUntilMicros - refusal.packet.timeMicros;
  return watched >= timerB ? [] : [longer(Math.ceil((timerB - watched) / 1e6))];
}

/** The same client tried the same thing in another way later: with another tag, in another leg of the call, or registered under another Call-ID. */
export function triedElsewhere(refused: Transaction, context: Context): boolean {
  const { method, client } = refused;
  const refusedMicros = refused.finalResponse!.packet.timeMicros;
  const isRepeated = context.call.legs.some(({ roots }) =>
    roots.some(
      (root) =>
        root !== refused &&
        root.method === method &&
        root.client.host === client.host &&
        root.first.packet.timeMicros >= refusedMicros,
    ),
  );
  return isRepeated || wasRegisteredLater(refused, context);
}

/** The client of a REGISTER that was refused is registered as the same one since. */
export function wasRegisteredLater(
  { method, client, first, finalResponse }: Transaction,
  { registrations }: Context,
): boolean {
  if (method !== "REGISTER") return false;
  const refusedMicros = finalResponse!.packet.timeMicros;
  return registrations
    .statesOf(first.first(to)?.uri ?? "")
    .some((state) => state.client.host === client.host && state.timeMicros >= refusedMicros);
}

/** True where the client soon sent the refused request again, mended: what the last attempt got is what counts. RFC 3261 §8.1.3.5 */
export function wasRetried(
  { method, client, first, cseqNumber, finalResponse }: Transaction,
  { leg }: Context,
  isMended: (again: SipRequest) => boolean,
): boolean {
  const refusedMicros = finalResponse?.packet.timeMicros ?? Number.POSITIVE_INFINITY;
  return leg.roots.some(({ request, client: sender }) => {
    if (request === undefined || request.method !== method || sender.host !== client.host) return false;
    if (request.fromTag !== first.fromTag || request.cseqNumber <= cseqNumber) return false;
    const waitedMicros = request.packet.timeMicros - refusedMicros;
    return waitedMicros >= 0 && waitedMicros < timerB && isMended(request);
  });
}
