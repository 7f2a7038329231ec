import type { Transaction } from "../../transaction/transaction.ts";
import type { DeliveryEvent } from "../networkEvents.ts";
import type { Context } from "../rule.ts";

/** An ICMP error comes at once, or after the three seconds in which nobody answered for the address. */
const ICMP_MICROS = 4_000_000;

/** A server that will not have what it got closes at once; one that closes later has another reason. */
const CLOSED_MICROS = 10_000_000;

/**
 * What reports that this request was not delivered: an ICMP error soon after one of its packets, or the end of the connection it was sent on. A packet
 * that was too large is sent again in smaller ones: that is no end. TTL exceeded and source quench do not count. RFC 3261 §18.4
 */
export function deliveryFailure(hop: Transaction, context: Context): DeliveryEvent | undefined {
  return eventsOf(hop, context).find(
    (event) => event.kind !== "icmp-unreachable" || event.reason !== "fragmentation-needed",
  );
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
  if (event.kind === "icmp-unreachable") return follows(event, requests, ICMP_MICROS);
  if (event.destination !== client || !requests.some(({ packet }) => STREAMS.has(packet.transport))) return false;
  return event.kind === "tcp-reset" || follows(event, requests, CLOSED_MICROS);
}

function follows({ timeMicros }: DeliveryEvent, requests: Transaction["requests"], withinMicros: number): boolean {
  return requests.some(({ packet }) => {
    const afterMicros = timeMicros - packet.timeMicros;
    return afterMicros >= 0 && afterMicros <= withinMicros;
  });
}

const STREAMS: ReadonlySet<string> = new Set(["tcp", "tls", "ws", "wss"]);
