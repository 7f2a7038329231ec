import type { IcmpUnreachable } from "../../network/packet.ts";
import { secondsOf } from "../elapsed.ts";
import type { MediaFlow } from "../mediaFlows.ts";
import type { Context } from "../rule.ts";
import { extentOf } from "../streamExtent.ts";
import { type Found, lastOf, LEAST_SILENCE_MICROS, lineOf, valuesOf } from "./mediaFinding.ts";

/** ICMP errors come as well before the port is open, and when it was just closed. */
const SETTLING_MICROS = 1_000_000;
const LEAST_ERRORS = 2;
/** For how long they come at least. */
const LEAST_REFUSED_MICROS = 3_000_000;

/** Packets of it are answered by ICMP errors, until the last ones. RFC 1122 §4.1.3.3 */
export function unreachableMedia(flow: MediaFlow, { eventsAbout }: Context): Found | undefined {
  const { path, sender, receiver, there, untilMicros } = flow;
  const sent = there.filter(({ destination }) => destination.text === receiver.endpoint.text);
  if (sent.length === 0) return undefined;
  // Those of the last minute.
  const endMicros = Math.min(extentOf(sent).lastMicros, untilMicros);
  // What goes somewhere else later may have found its way there.
  const goesElsewhere = there.some((each) => !sent.includes(each) && each.timeMicros > endMicros);
  if (goesElsewhere) return undefined;
  const sinceMicros = Math.max(path.sinceMicros + SETTLING_MICROS, endMicros - 60_000_000);
  const errors = sent
    .flatMap(({ source, destination }) => eventsAbout(source, destination, sinceMicros))
    .filter((event): event is IcmpUnreachable => event.kind === "icmp-unreachable")
    .filter(
      ({ timeMicros, reason }) =>
        timeMicros < Math.min(untilMicros - SETTLING_MICROS, endMicros + SETTLING_MICROS) &&
        reason !== "fragmentation-needed",
    );
  if (errors.length < LEAST_ERRORS) return undefined;
  const [first, last] = [errors[0], errors[errors.length - 1]];
  const micros = last.timeMicros - first.timeMicros;
  const goesOn = endMicros - last.timeMicros < LEAST_SILENCE_MICROS;
  if (micros < LEAST_REFUSED_MICROS || !goesOn) return undefined;
  return {
    // ICE may have found another way, which is not in view.
    verdict: path.isIce ? "likely" : "certain",
    cause: "unreachable",
    element: receiver.neighbour,
    evidence: [lineOf(receiver), ...lastOf(sent, path), first, last],
    citations: ["RFC 1122 §4.1.3.3"],
    values: {
      ...valuesOf(flow),
      sender: sent[0].source.text,
      announced: path.isIce || sent[0].source.text === sender.endpoint.text ? "same" : sender.endpoint.text,
      seconds: secondsOf(first.timeMicros, last.timeMicros),
      reason: first.reason,
      reporter: first.reporter,
      times: errors.length,
    },
  };
}
