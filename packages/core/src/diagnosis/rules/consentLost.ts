import { secondsOf } from "../elapsed.ts";
import type { MediaFlow } from "../mediaFlows.ts";
import { besideMedia, byeIn, type Found, LEAST_SILENCE_MICROS, valuesOf } from "./mediaFinding.ts";

/** They come every few seconds, and one may be lost. RFC 7675 §5.1 */
const LEAST_UNANSWERED = 3;

/** Audio ends with the checks. */
const STOPS_WITHIN_MICROS = 2_000_000;

/** Checks had been answered, and the last ones were not: who sends them has to stop sending audio. RFC 7675 §5.1 */
export function consentLost(flow: MediaFlow): Found | undefined {
  const { path, receiver, there, back, ways, untilMicros } = flow;
  const answered = ways?.there.filter(({ successes }) => successes > 0) ?? [];
  if (answered.length === 0 || there.length + back.length === 0) return undefined;
  const last = answered.reduce((one, other) => (other.lastSuccessMicros > one.lastSuccessMicros ? other : one));
  const { unanswered, lastSuccessMicros } = last;
  const lastMicros = Math.min(last.timeMicros, untilMicros);
  if (unanswered < LEAST_UNANSWERED || lastMicros - lastSuccessMicros < LEAST_SILENCE_MICROS) return undefined;
  // Who does not keep to it goes on sending.
  if (there.some(({ timeMicros }) => timeMicros > lastMicros + STOPS_WITHIN_MICROS)) return undefined;
  return {
    verdict: "likely",
    cause: "consent-lost",
    element: receiver.neighbour,
    evidence: [last, ...byeIn(path)],
    missing: [besideMedia(receiver)],
    citations: ["RFC 7675 §5.1"],
    values: {
      ...valuesOf(flow),
      sender: last.source.text,
      receiver: last.destination.text,
      times: unanswered,
      seconds: secondsOf(lastSuccessMicros, lastMicros),
    },
  };
}
