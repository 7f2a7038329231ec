import type { Call } from "../../call/call.ts";
import { byeOf } from "../../dialog/dialog.ts";
import type { Endpoint, IcmpUnreachable, RtpStream } from "../../network/packet.ts";
import { secondsOf } from "../elapsed.ts";
import { type MediaFlow, mediaFlows } from "../mediaFlows.ts";
import type { Context, Rule } from "../rule.ts";
import { extentOf } from "../streamExtent.ts";
import { consentLost } from "./consentLost.ts";
import { dtlsAlerted, dtlsFailed } from "./dtlsFailed.ts";
import { iceFailed } from "./iceFailed.ts";
import {
  besideMedia,
  byeIn,
  type Found,
  isEndedByReceiver,
  isFlow,
  isWayInView,
  lastOf,
  LEAST_MICROS,
  LEAST_SILENCE_MICROS,
  lineOf,
  otherDirection,
  valuesOf,
} from "./mediaFinding.ts";
import { evidenceOf, relayed, silenceOf } from "./relayed.ts";
import { unlistedPayload } from "./unlistedPayload.ts";
import { hasFoundWay } from "./unseenMediaWays.ts";
import { areOfOtherPrivateRanges, isPrivateAddress, isPublicAddress } from "./reachability.ts";

/** Whoever still sent so shortly before the end sent until the end. */
const UNTIL_END_MICROS = 2_000_000;
/** ICMP errors come as well before the port is open, and when it was just closed. */
const SETTLING_MICROS = 1_000_000;
const LEAST_ERRORS = 2;
/** For how long they come at least. */
const LEAST_REFUSED_MICROS = 3_000_000;

/** RTP that was agreed on and did not come. RFC 3264 §5.1, RFC 3550 §5.1 */
export const mediaMissing: Rule<"call", "media-missing"> = {
  id: "media-missing",
  inspects: "call",
  citations: ["RFC 3264 §5.1"],
  restsOnOtherCalls: true,
  check(call, context) {
    if (!context.rtp.hasAudio && context.connectivity.isEmpty) return undefined;
    const isLong = isLongEnough(call, context);
    if (!isLong && context.connectivity.isEmpty) return undefined;
    const flows = mediaFlows(call, context);
    const alerted = firstOf(flows, dtlsAlerted);
    if (alerted !== undefined || !isLong) return alerted;
    return (
      firstOf(flows, (flow) => unreachable(flow, context)) ??
      firstOf(flows, privateAddress) ??
      firstOf(flows, (flow) => iceFailed(flow, context)) ??
      firstOf(flows, dtlsFailed) ??
      firstOf(flows, consentLost) ??
      firstOf(flows, (flow) => oneWay(flow, flows, context)) ??
      firstOf(flows, (flow) => unlistedPayload(flow, context)) ??
      firstOf(flows, stopped) ??
      firstOf(flows, (flow) => none(flow, context))
    );
  },
};

/** Of what lasted less nothing is told: most failed calls and tests of signalling do. */
function isLongEnough({ legs }: Call, { observedUntilMicros }: Context): boolean {
  return legs.some(({ dialogs }) =>
    dialogs.some((dialog) => {
      const { answer } = dialog;
      const untilMicros = byeOf(dialog)?.first.packet.timeMicros ?? observedUntilMicros;
      return answer !== undefined && untilMicros - answer.packet.timeMicros >= LEAST_MICROS;
    }),
  );
}

function firstOf(flows: readonly MediaFlow[], find: (flow: MediaFlow) => Found | undefined): Found | undefined {
  for (const flow of flows) {
    const found = find(flow);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Packets of the audio are answered by ICMP errors, until the last ones. RFC 1122 §4.1.3.3 */
function unreachable(flow: MediaFlow, { eventsAbout }: Context): Found | undefined {
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
      ({ timeMicros, reason }) => timeMicros < untilMicros - SETTLING_MICROS && reason !== "fragmentation-needed",
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
    evidence: [lineOf(receiver), ...lastOf(sent), first, last],
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

/** What is sent to a private address is seen where it is sent, and nowhere else. RFC 4961 §4, RFC 7362 §4 */
function privateAddress(flow: MediaFlow): Found | undefined {
  const { receiver, there, back } = flow;
  const { endpoint } = receiver;
  if (!isPrivateAddress(endpoint.address)) return undefined;
  const sent = there.filter(({ destination }) => destination.text === endpoint.text);
  const answered = back.filter(({ source }) => isPublicAddress(source.address) || isTranslated(source, receiver));
  const isReached = there.some(({ destination }) => answered.some(({ source }) => source.text === destination.text));
  if (isReached || !isFlow(sent) || !isFlow(answered)) return undefined;
  return {
    verdict: "likely",
    cause: "private-address",
    element: receiver.neighbour,
    evidence: [lineOf(receiver), ...lastOf(sent), ...lastOf(answered)],
    missing: [besideMedia(receiver)],
    citations: ["RFC 4961 §4", "RFC 7362 §4"],
    values: { ...valuesOf(flow), sender: sent[0].source.text, seen: answered[0].source.text },
  };
}

/** Its audio and its SIP come from one address, in another private network than the address that it announces. */
function isTranslated({ address }: Endpoint, { endpoint, neighbour }: MediaFlow["receiver"]): boolean {
  return address === neighbour.address && areOfOtherPrivateRanges(endpoint.address, address);
}

function oneWay(flow: MediaFlow, flows: readonly MediaFlow[], context: Context): Found | undefined {
  const { rtp } = context;
  const { path, sender, receiver, there, back } = flow;
  if (there.length > 0 || !isFlow(back)) return undefined;
  const { packets, firstMicros, lastMicros } = extentOf(back);
  const wouldShow = isWayInView(flow, context) || back.some(({ source, destination }) => rtp.goes(destination, source));
  const beyond = relayed(flow, flows, context);
  const silent = beyond?.isFed === false ? beyond.flow.sender : sender;
  const notReached = {
    cause: "private-address",
    values: { ...valuesOf(flow), seen: "nowhere" },
    decidedBy: besideMedia(sender),
  };
  return {
    verdict: wouldShow ? "likely" : "indeterminate",
    cause: "one-way",
    element: silent.neighbour,
    evidence: [lineOf(path.caller), lineOf(path.callee), ...lastOf(back), ...evidenceOf(beyond), ...byeIn(path)],
    missing: [wouldShow ? besideMedia(silent) : otherDirection(sender, receiver)],
    readings:
      !path.isIce && isPrivateAddress(receiver.endpoint.address) && isPublicAddress(sender.endpoint.address)
        ? [notReached]
        : [],
    values: {
      ...valuesOf(flow),
      ...silenceOf(flow, beyond),
      packets,
      seconds: secondsOf(firstMicros, lastMicros),
    },
  };
}

/** The side that gets nothing any more ends the call. */
function stopped(flow: MediaFlow): Found | undefined {
  const { path, there, back, untilMicros } = flow;
  const { bye } = path;
  if (bye === undefined || !isFlow(there) || !isEndedByReceiver(flow)) return undefined;
  const { packets, lastMicros } = extentOf(there);
  const silentMicros = untilMicros - lastMicros;
  if (silentMicros < LEAST_SILENCE_MICROS || silentMicros < 2 * longestPause(there)) return undefined;
  const isOneWay = back.length > 0 && untilMicros - extentOf(back).lastMicros < UNTIL_END_MICROS;
  return {
    verdict: "likely",
    cause: "stopped",
    element: bye.packet.source,
    evidence: [...lastOf(there), bye],
    missing: [besideMedia(flow.sender)],
    values: {
      ...valuesOf(flow),
      packets,
      seconds: secondsOf(lastMicros, untilMicros),
      way: isOneWay ? "one" : "both",
    },
  };
}

function none(flow: MediaFlow, context: Context): Found | undefined {
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

/** Who suppresses silence has made pauses before. */
function longestPause(streams: readonly RtpStream[]): number {
  const [first, ...others] = streams.toSorted((a, b) => a.firstMicros - b.firstMicros);
  let [longest, untilMicros] = [0, first.timeMicros];
  for (const { firstMicros, timeMicros } of others) {
    longest = Math.max(longest, firstMicros - untilMicros);
    untilMicros = Math.max(untilMicros, timeMicros);
  }
  return longest;
}
