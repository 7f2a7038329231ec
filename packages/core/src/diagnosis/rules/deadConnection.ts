import { isReliable } from "../../capture/transport.ts";
import type { ConnectionMisframed, ConnectionStalled, ConnectionUnacknowledged } from "../../network/packet.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";

/** A loss or a short outage does not last so long, and some hosts give up with these. RFC 9293 §3.8.3 */
const TIMES_THAT_SHOW_IT = 5;

/** Ways that take less than Ethernet does still take these. */
const FULL_PACKET_BYTES = 1200;

export interface DeadConnection {
  readonly event: ConnectionUnacknowledged;
  /** It was sent again as long as that could be seen. */
  readonly isToTheEnd: boolean;
  readonly isShown: boolean;
  /** Smaller packets may get through. */
  readonly isFullPacket: boolean;
}

/** What the request was sent on was full, or filled up, and was not read: TCP took it, and nobody behind it did. RFC 9293 §3.8.6 */
export function stalledConnection(
  { client, server, first: { packet } }: Transaction,
  { stalled }: Context,
): ConnectionStalled | undefined {
  const { timeMicros, transport } = packet;
  return isReliable(transport) ? stalled(client, server, timeMicros, timeMicros + timerB) : undefined;
}

/** What its client had sent before on the same connection, and said a wrong length of its body: this request was not found behind it. RFC 3261 §18.3 */
export function misframedBefore(
  { client, server, first: { packet } }: Transaction,
  { misframed }: Context,
): ConnectionMisframed | undefined {
  return isReliable(packet.transport) ? misframed(client, server, packet.timeMicros) : undefined;
}

/** The connection on which this request was sent brought nothing to the other side: TCP sent its bytes again and again. RFC 6298 §5 */
export function deadConnection(
  { client, server, first: { packet } }: Transaction,
  { unacknowledged, observedUntilMicros }: Context,
): DeadConnection | undefined {
  const event = isReliable(packet.transport) ? unacknowledged(client, server, packet.timeMicros) : undefined;
  if (event === undefined || event.timeMicros < packet.timeMicros) return undefined;
  const { timeMicros, afterMicros, times, bytes } = event;
  // Each time it waits twice as long as before: where the next is overdue, an acknowledgement may have come.
  const isToTheEnd = observedUntilMicros - timeMicros <= 1.5 * afterMicros;
  const isShown = times >= TIMES_THAT_SHOW_IT;
  return isToTheEnd || isShown ? { event, isToTheEnd, isShown, isFullPacket: bytes >= FULL_PACKET_BYTES } : undefined;
}
