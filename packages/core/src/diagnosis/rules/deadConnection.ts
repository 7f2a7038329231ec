import { isStream } from "../../capture/transport.ts";
import type { TcpUnacknowledged } from "../../network/packet.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";

/** With these, a host gives up without a word, and sends no more. RFC 9293 §3.8.3 */
const TIMES_UNTIL_GIVEN_UP = 5;

export interface DeadConnection {
  readonly event: TcpUnacknowledged;
  /** It was sent again as long as that could be seen. */
  readonly isToTheEnd: boolean;
}

/** The connection on which this request was sent brought nothing to the other side: TCP sent its bytes again and again. RFC 6298 §5 */
export function deadConnection(
  { client, server, first: { packet } }: Transaction,
  { unacknowledged, observedUntilMicros }: Context,
): DeadConnection | undefined {
  const event = isStream(packet.transport) ? unacknowledged(client, server, packet.timeMicros) : undefined;
  if (event === undefined || event.timeMicros < packet.timeMicros) return undefined;
  const { sinceMicros, timeMicros, times } = event;
  // Each time it waits twice as long as before: where the next is overdue, an acknowledgement may have come.
  const isToTheEnd = observedUntilMicros - timeMicros <= 1.5 * (timeMicros - sinceMicros);
  return isToTheEnd || times >= TIMES_UNTIL_GIVEN_UP ? { event, isToTheEnd } : undefined;
}
