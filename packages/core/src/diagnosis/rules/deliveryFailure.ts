import { isReliable } from "../../capture/transport.ts";
import type { ConnectionClosed, ForeignAnswer } from "../../network/packet.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { ConnectionEnd, DeliveryEvent } from "../networkEvents.ts";
import type { Context } from "../rule.ts";

/** An ICMP error comes at once, or after the three seconds in which nobody answered for the address. */
const ICMP_MICROS = 4_000_000;

/** A server that will not have what it got closes at once; one that closes later has another reason. */
const CLOSED_MICROS = 10_000_000;

export type DeliveryFailure = DeliveryEvent | ConnectionClosed | ForeignAnswer;

/**
 * What reports that this request was not delivered: an ICMP error soon after one of its packets, the end of the connection it was sent on, or a server there that
 * speaks something else. A packet
 * that was too large is sent again in smaller ones: that is no end. TTL exceeded and source quench do not count. RFC 3261 §18.4
 */
export function deliveryFailure(hop: Transaction, context: Context): DeliveryFailure | undefined {
  const foreign = foreignAnswer(hop, context);
  if (foreign !== undefined) return foreign;
  const reported = eventsOf(hop, context).find(
    (event) => event.kind === "connection-reset" || event.reason !== "fragmentation-needed",
  );
  const closed = closedAtOnce(hop, context);
  const isFirst = closed !== undefined && (reported === undefined || closed.timeMicros <= reported.timeMicros);
  return isFirst ? closed : reported;
}

/** The server closed the connection soon after the request, and had never said anything on it. */
export function closedAtOnce(hop: Transaction, context: Context): ConnectionClosed | undefined {
  const closed = closedByServer(hop, context, CLOSED_MICROS);
  return closed?.kind === "connection-closed" && closed.saidNothing ? closed : undefined;
}

/** That the server ended the connection on which it had got the request, so soon after it. */
export function closedByServer(
  { client, server, first: { packet } }: Transaction,
  context: Context,
  withinMicros: number,
): ConnectionEnd | undefined {
  if (!isReliable(packet.transport)) return undefined;
  const { timeMicros } = packet;
  const closed = context.closedBetween(client, server, timeMicros, timeMicros + withinMicros);
  return closed?.source === server ? closed : undefined;
}

/** What listens there is no SIP server. */
function foreignAnswer(
  { client, server, first: { packet } }: Transaction,
  context: Context,
): ForeignAnswer | undefined {
  return isReliable(packet.transport) ? context.foreignAnswer(client, server, packet.timeMicros) : undefined;
}

/** An ICMP error that asks for smaller packets. */
export function tooBigReported(hop: Transaction, context: Context): DeliveryEvent | undefined {
  return eventsOf(hop, context).find(
    (event) => event.kind === "icmp-unreachable" && event.reason === "fragmentation-needed",
  );
}

function eventsOf(hop: Transaction, context: Context): readonly DeliveryEvent[] {
  const events = context.eventsAbout(hop.client, hop.server, hop.first.packet.timeMicros);
  return events.length === 0 ? events : events.filter((event) => concerns(event, hop));
}

function concerns(event: DeliveryEvent, { client, requests }: Transaction): boolean {
  if (event.kind === "connection-reset") {
    return event.destination === client && requests.some(({ packet }) => isReliable(packet.transport));
  }
  return requests.some(({ packet }) => {
    const afterMicros = event.timeMicros - packet.timeMicros;
    return afterMicros >= 0 && afterMicros <= ICMP_MICROS;
  });
}
