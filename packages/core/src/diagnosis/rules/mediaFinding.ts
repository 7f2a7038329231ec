import { mediaLine } from "../../sdp/sessionDescription.ts";
import type { RtpStream } from "../../network/packet.ts";
import { extentOf, isDense } from "../streamExtent.ts";
import type { MediaFlow } from "../mediaFlows.ts";
import { type MediaEnd, type MediaPath, protocolOf } from "../mediaPaths.ts";
import { beside } from "../missing.ts";
import type { Context, Draft, Evidence, Missing, Values } from "../rule.ts";

/** Of what lasted less nothing is told. */
export const LEAST_MICROS = 4_000_000;
/** So long nothing comes of either side before that is told, and after it had come. Silence suppression makes shorter pauses. */
export const LEAST_SILENCE_MICROS = 8_000_000;

/** Less of one direction does not show that audio was to go both ways: so many packets, and LEAST_MICROS. */
const LEAST_PACKETS = 100;
/** A machine that gets no answer repeats what it has to say every few seconds, which is one packet each time or a hundred. */
const LEAST_FAX_PACKETS = 10;

export type Found = Draft<"media-missing">;

/** Other packets were seen that go this way: audio on it would have been seen with them. */
export function isWayInView(flow: MediaFlow, context: Context): boolean {
  const { sender, receiver, ways } = flow;
  return (
    (ways !== undefined && ways.there.length > 0) ||
    isInView(flow, context) ||
    context.rtp.goes(sender.endpoint, receiver.endpoint)
  );
}

/** Packets of the call that leave the one or reach the other. */
function isInView({ sender, receiver }: MediaFlow, { call }: Context): boolean {
  return call.legs.some(({ messages }) =>
    messages.some(
      ({ packet: { source, destination } }) =>
        source.address === sender.endpoint.address || destination.address === receiver.endpoint.address,
    ),
  );
}

export function isFlow(streams: readonly RtpStream[]): boolean {
  const extent = extentOf(streams);
  const { packets, firstMicros, lastMicros } = extent;
  if (streams.some(({ protocol }) => protocol === "UDPTL"))
    return packets >= LEAST_FAX_PACKETS && lastMicros - firstMicros >= LEAST_SILENCE_MICROS;
  return packets >= LEAST_PACKETS && lastMicros - firstMicros >= LEAST_MICROS && isDense(extent);
}

/** As evidence, by the name that the descriptions of its path give it. */
export function lastOf(streams: readonly RtpStream[], path: MediaPath): RtpStream[] {
  if (streams.length === 0) return [];
  const last = streams.reduce((latest, each) => (each.timeMicros > latest.timeMicros ? each : latest));
  return [{ ...last, protocol: protocolOf(path) }];
}

/** By its tag: an element in between writes that of the side for which it ends the call. */
export function isEndedByReceiver({ path: { bye, dialog, caller }, receiver }: MediaFlow): boolean {
  return bye?.fromTag === (receiver === caller ? dialog.callerTag : dialog.calleeTag);
}

/** What no cause says otherwise. */
const NOTHING = {
  media: "audio",
  how: "",
  talker: "none",
  packets: 0,
  seconds: 0,
  way: "",
  reason: "",
  reporter: "",
  times: 0,
  seen: "",
  answer: "",
  code: 0,
  others: "",
  step: "",
  alert: "",
  shown: "",
  payload: "",
  listed: "",
  fed: "",
  beyond: "",
  silent: "",
  towards: "",
  profile: "",
  returned: "same",
  announced: "same",
};

interface FlowValues extends Readonly<typeof NOTHING> {
  readonly sender: string;
  readonly receiver: string;
  readonly ender: string;
  readonly ended: string;
}

export function valuesOf(flow: MediaFlow): FlowValues & Values {
  const { path, sender, receiver } = flow;
  return {
    ...NOTHING,
    sender: sender.endpoint.text,
    receiver: receiver.endpoint.text,
    ender: path.bye?.packet.source.text ?? "",
    ended: isEndedByReceiver(flow) ? "receiver" : "other",
  };
}

/** The same said of other media than audio. */
export function saidOf(media: "fax" | "video", found: Found, talker: string = NOTHING.talker): Found {
  const values = { ...NOTHING, ...found.values, media, how: found.cause, talker };
  return { ...found, cause: `${media}-missing`, readings: [], values };
}

export function lineOf({ message, media }: MediaEnd): Evidence {
  return { message, line: mediaLine(media) };
}

export function byeIn({ bye }: MediaPath): Evidence[] {
  return bye === undefined ? [] : [bye];
}

/** Where its audio comes from and goes to: a relay is another machine than the one that its SIP comes from. */
export function besideMedia({ endpoint, neighbour }: MediaEnd): Missing {
  return beside(endpoint.address === neighbour.address ? neighbour : endpoint);
}

export function otherDirection({ endpoint: sender }: MediaEnd, { endpoint: receiver }: MediaEnd): Missing {
  const filter = `host ${sender.address}`;
  return { kind: "other-direction", values: { source: receiver.address, destination: sender.address, filter } };
}
