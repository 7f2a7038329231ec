import type { Transaction } from "../../transaction/transaction.ts";
import type { DeliveryEvent } from "../networkEvents.ts";
import type { Context } from "../rule.ts";

/** An ICMP error comes at once, or after the three seconds in which nobody answered for the address. */
const ICMP_MICROS = 4_000_000;

/**
 * What reports that this request was not delivered: an ICMP error soon after one of its packets, or a reset of the connection it was sent on. A packet
 * that was too large is sent again in smaller ones: that is no end. TTL exceeded and source quench do not count. RFC 3261 §18.4
 */
export function deliveryFailure(hop: Transaction, context: Context): DeliveryEvent | undefined {
  return eventsOf(hop, context).find((event) => event.kind === "tcp-reset" || event.reason !== "fragmentation-needed");
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
  if (event.kind === "tcp-reset") {
    return event.destination === client && requests.some(({ packet }) => STREAMS.has(packet.transport));
  }
  return requests.some(({ packet }) => {
    const afterMicros = event.timeMicros - packet.timeMicros;
    return afterMicros >= 0 && afterMicros <= ICMP_MICROS;
  });
}

const STREAMS: ReadonlySet<string> = new Set(["tcp", "tls", "ws", "wss"]);
