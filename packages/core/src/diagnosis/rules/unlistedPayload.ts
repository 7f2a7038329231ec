import type { Endpoint, RtpStream } from "../../network/packet.ts";
import { sessionDescription } from "../../sdp/sessionDescription.ts";
import type { Context } from "../rule.ts";
import { secondsOf } from "../elapsed.ts";
import type { MediaFlow } from "../mediaFlows.ts";
import { beside } from "../missing.ts";
import { extentOf } from "../streamExtent.ts";
import { type Found, isFlow, lastOf, lineOf, valuesOf } from "./mediaFinding.ts";

/** Comfort noise may come unasked. RFC 3389 §5 */
const COMFORT_NOISE: ReadonlySet<number> = new Set([13, 19]);

/** All that one side sends has numbers that the other one has not listed in any description. RFC 3264 §5.1, §6.1 */
export function unlistedPayload(flow: MediaFlow, { call }: Context): Found | undefined {
  const { sender, receiver, there } = flow;
  if (!isFlow(there)) return undefined;
  const listed = formatsOf(receiver.endpoint, call);
  const isUnlisted = ({ payloadTypes }: RtpStream): boolean =>
    payloadTypes.every((type) => !COMFORT_NOISE.has(type) && !listed.has(String(type)));
  if (!there.every(isUnlisted)) return undefined;
  const { packets, firstMicros, lastMicros } = extentOf(there);
  const [last] = lastOf(there);
  return {
    verdict: "likely",
    cause: "payload-unlisted",
    element: sender.neighbour,
    evidence: [lineOf(receiver), last],
    citations: ["RFC 3264 §6.1"],
    missing: [beside(receiver.neighbour)],
    values: {
      ...valuesOf(flow),
      packets,
      seconds: secondsOf(firstMicros, lastMicros),
      payload: last.payloadTypes[0],
      listed: receiver.media.formats.join(" "),
    },
  };
}

/** What this side has ever said that it takes there: a change of the call may have other numbers. */
function formatsOf({ address, port }: Endpoint, { legs }: Context["call"]): ReadonlySet<string> {
  const media = legs.flatMap(({ messages }) => messages.flatMap((message) => sessionDescription(message)?.media ?? []));
  return new Set(
    media.filter((each) => each.address === address && each.port === port).flatMap(({ formats }) => formats),
  );
}
