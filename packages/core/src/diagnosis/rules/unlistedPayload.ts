import { sessionDescription } from "../../sdp/sessionDescription.ts";
import type { Context } from "../rule.ts";
import { secondsOf } from "../elapsed.ts";
import type { MediaFlow } from "../mediaFlows.ts";
import type { MediaEnd } from "../mediaPaths.ts";
import { extentOf } from "../streamExtent.ts";
import { besideMedia, type Found, isFlow, lastOf, lineOf, valuesOf } from "./mediaFinding.ts";

/** Comfort noise may come unasked. RFC 3389 §5 */
const COMFORT_NOISE: ReadonlySet<number> = new Set([13, 19]);

/** All that one side sends has numbers that the other one has not listed in any description. RFC 3264 §5.1, §6.1 */
export function unlistedPayload(flow: MediaFlow, { call }: Context): Found | undefined {
  const { path, sender, receiver, there } = flow;
  if (!isFlow(there)) return undefined;
  const listed = formatsOf(receiver, call);
  const types = there.map(({ payloadTypes }) => payloadTypes.filter((type) => !COMFORT_NOISE.has(type)));
  if (types.some((each) => each.length === 0 || each.some((type) => listed.has(String(type))))) return undefined;
  const { packets, firstMicros, lastMicros } = extentOf(there);
  const [last] = lastOf(there, path);
  return {
    verdict: "likely",
    cause: "payload-unlisted",
    element: sender.neighbour,
    evidence: [lineOf(receiver), last],
    citations: ["RFC 3264 §6.1"],
    missing: [besideMedia(receiver)],
    values: {
      ...valuesOf(flow),
      packets,
      seconds: secondsOf(firstMicros, lastMicros),
      payload: [...new Set(types.flat())].join(", "),
      listed: receiver.media.formats.join(" "),
    },
  };
}

/** What this side has ever said that it takes: before a change of the call it may have been something else. */
function formatsOf({ neighbour }: MediaEnd, { legs }: Context["call"]): ReadonlySet<string> {
  const said = legs.flatMap(({ messages }) => messages.filter(({ packet }) => packet.source.host === neighbour.host));
  const media = said.flatMap((message) => sessionDescription(message)?.media ?? []);
  return new Set(media.flatMap(({ formats }) => formats));
}
