import type { Call } from "../../call/call.ts";
import { byeOf } from "../../dialog/dialog.ts";
import type { Endpoint, RtpStream } from "../../network/packet.ts";
import { secondsOf } from "../elapsed.ts";
import { type MediaFlow, mediaFlows } from "../mediaFlows.ts";
import type { Context, Rule } from "../rule.ts";
import { extentOf } from "../streamExtent.ts";
import { consentLost } from "./consentLost.ts";
import { dtlsAlerted, dtlsFailed } from "./dtlsFailed.ts";
import { faxMissing } from "./faxMissing.ts";
import { firstOf } from "./firstOf.ts";
import { iceFailed } from "./iceFailed.ts";
import {
  besideMedia,
  type Found,
  isEndedByReceiver,
  isFlow,
  lastOf,
  LEAST_MICROS,
  LEAST_SILENCE_MICROS,
  lineOf,
  valuesOf,
} from "./mediaFinding.ts";
import { noMedia } from "./noMedia.ts";
import { oneWayMedia } from "./oneWayMedia.ts";
import { areOfOtherPrivateRanges, isPrivateAddress, isPublicAddress } from "./reachability.ts";
import { unlistedPayload } from "./unlistedPayload.ts";
import { unreachableMedia } from "./unreachableMedia.ts";
import { videoMissing } from "./videoMissing.ts";

/** Whoever still sent so shortly before the end sent until the end. */
const UNTIL_END_MICROS = 2_000_000;

/** RTP, or a fax, that was agreed on and did not come. RFC 3264 §5.1, RFC 3550 §5.1 */
export const mediaMissing: Rule<"call", "media-missing"> = {
  id: "media-missing",
  inspects: "call",
  citations: ["RFC 3264 §5.1"],
  restsOnOtherCalls: true,
  check(call, context) {
    if (!context.rtp.hasAudio && context.connectivity.isEmpty) return undefined;
    const isLong = isLongEnough(call, context);
    if (!isLong && context.connectivity.isEmpty) return undefined;
    const flows = mediaFlows(call, "audio", context);
    const alerted = firstOf(flows, dtlsAlerted);
    if (alerted !== undefined || !isLong) return alerted;
    return (
      firstOf(flows, (flow) => unreachableMedia(flow, context)) ??
      firstOf(flows, privateAddress) ??
      firstOf(flows, (flow) => iceFailed(flow, context)) ??
      firstOf(flows, dtlsFailed) ??
      firstOf(flows, consentLost) ??
      firstOf(flows, (flow) => oneWayMedia(flow, flows, context)) ??
      firstOf(flows, (flow) => unlistedPayload(flow, context)) ??
      firstOf(flows, stopped) ??
      firstOf(flows, (flow) => noMedia(flow, context)) ??
      faxMissing(call, context) ??
      videoMissing(call, context)
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

/** What is sent to a private address is seen where it is sent, and nowhere else. RFC 4961 §4, RFC 7362 §4 */
function privateAddress(flow: MediaFlow): Found | undefined {
  const { path, receiver, there, back } = flow;
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
    evidence: [lineOf(receiver), ...lastOf(sent, path), ...lastOf(answered, path)],
    missing: [besideMedia(receiver)],
    citations: ["RFC 4961 §4", "RFC 7362 §4"],
    values: { ...valuesOf(flow), sender: sent[0].source.text, seen: answered[0].source.text },
  };
}

/** Its audio and its SIP come from one address, in another private network than the address that it announces. */
function isTranslated({ address }: Endpoint, { endpoint, neighbour }: MediaFlow["receiver"]): boolean {
  return address === neighbour.address && areOfOtherPrivateRanges(endpoint.address, address);
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
    evidence: [...lastOf(there, path), bye],
    missing: [besideMedia(flow.sender)],
    values: {
      ...valuesOf(flow),
      packets,
      seconds: secondsOf(lastMicros, untilMicros),
      way: isOneWay ? "one" : "both",
    },
  };
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
