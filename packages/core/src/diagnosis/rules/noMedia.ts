import { secondsOf } from "../elapsed.ts";
import type { MediaFlow } from "../mediaFlows.ts";
import type { Context } from "../rule.ts";
import { besideMedia, byeIn, type Found, LEAST_SILENCE_MICROS, lineOf, valuesOf } from "./mediaFinding.ts";
import { hasFoundWay } from "./unseenMediaWays.ts";

/** Nothing came of either side, where it would have been seen. */
export function noMedia(flow: MediaFlow, context: Context): Found | undefined {
  const { path, sender, receiver, there, back, ways, untilMicros } = flow;
  const silentMicros = untilMicros - path.sinceMicros;
  if (path.bye === undefined || there.length + back.length > 0 || silentMicros < LEAST_SILENCE_MICROS) return undefined;
  if (!isSeenBothWays(flow, context)) return undefined;
  return {
    verdict: "likely",
    cause: "none",
    element: sender.neighbour,
    evidence: [lineOf(path.caller), lineOf(path.callee), ...byeIn(path)],
    missing: [besideMedia(sender), besideMedia(receiver)],
    values: {
      ...valuesOf(flow),
      sender: sender.endpoint.address,
      receiver: receiver.endpoint.address,
      seconds: secondsOf(path.sinceMicros, untilMicros),
      shown: ways === undefined ? "calls" : "checks",
    },
  };
}

function isSeenBothWays(flow: MediaFlow, { rtp }: Context): boolean {
  const { sender, receiver, ways } = flow;
  // Where there was a handshake there are keys.
  if (ways !== undefined) return hasFoundWay(flow) && ways.handshakes.every(({ isComplete }) => isComplete);
  return rtp.goes(sender.endpoint, receiver.endpoint) && rtp.goes(receiver.endpoint, sender.endpoint);
}
