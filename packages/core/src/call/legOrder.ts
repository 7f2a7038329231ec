import type { OpenLeg } from "./openCall.ts";

/** Two taps' clocks, or two interfaces' queues, may show legs in another order than the one in which they were opened: below T1. */
const CLOSE_MICROS = 400_000;

/** By time; of two that began close together the one that led to the element which opened the other comes first. */
export function callerFirst(legs: readonly OpenLeg[], microsOf: (leg: OpenLeg) => number): OpenLeg[] {
  const timed = legs.map((leg) => ({ leg, micros: microsOf(leg) })).sort((a, b) => a.micros - b.micros);
  for (let i = 1; i < timed.length; i++) {
    const later = timed[i];
    const at = timed.findIndex(
      (other, index) => index < i && later.micros - other.micros <= CLOSE_MICROS && leadsTo(later.leg, other.leg),
    );
    if (at >= 0) timed.splice(at, 0, ...timed.splice(i, 1));
  }
  return timed.map(({ leg }) => leg);
}

/** True where the first leg ended at the element that opened the second one, and not the other way round as well. */
function leadsTo({ client, server }: OpenLeg, { client: opener, server: next }: OpenLeg): boolean {
  return server !== undefined && server.host === opener?.host && client?.host !== next?.host;
}
