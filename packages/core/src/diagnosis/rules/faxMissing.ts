import type { Call } from "../../call/call.ts";
import { sessionDescription } from "../../sdp/sessionDescription.ts";
import { type MediaFlow, mediaFlows } from "../mediaFlows.ts";
import type { Context } from "../rule.ts";
import { firstOf } from "./firstOf.ts";
import { type Found, isFlow, LEAST_MICROS, saidOf } from "./mediaFinding.ts";
import { noMedia } from "./noMedia.ts";
import { oneWayMedia } from "./oneWayMedia.ts";
import { unreachableMedia } from "./unreachableMedia.ts";

/** No pause tells anything of a fax: one machine listens as long as the other one sends a page. */
export function faxMissing(call: Call, context: Context): Found | undefined {
  const flows = mediaFlows(call, "image", context).filter(isFaxOnly);
  const found =
    firstOf(flows, (flow) => unreachableMedia(flow, context)) ??
    firstOf(flows, (flow) => oneWayMedia(flow, flows, context)) ??
    firstOf(flows, (flow) => noFax(flow, context));
  const talker = flows.find((flow) => talksOn(flow, context))?.sender.endpoint.text ?? "none";
  return found && saidOf("fax", found, talker);
}

/** Some agree on audio and fax from the beginning, and send what comes: there nothing is switched, and a call without fax is no fault. */
function isFaxOnly({ sender, receiver }: MediaFlow): boolean {
  return [sender, receiver].some(({ message }) =>
    sessionDescription(message)?.media.every(({ kind, port }) => kind === "image" || port === 0),
  );
}

/** A capture may have been filtered by ports, of which a fax may have others than audio. */
function noFax(flow: MediaFlow, context: Context): Found | undefined {
  const found = noMedia(flow, context);
  const { sender, receiver, path } = flow;
  const sinceMicros = path.dialog.invite.first.packet.timeMicros;
  const isSeen = [sender, receiver].every(
    ({ endpoint }) => context.rtp.from(endpoint, sinceMicros, flow.untilMicros).length > 0,
  );
  return found && { ...found, verdict: isSeen ? "likely" : "indeterminate" };
}

/** It agreed on fax and went on with audio. */
function talksOn({ path, sender, untilMicros }: MediaFlow, { rtp }: Context): boolean {
  const sinceMicros = path.sinceMicros + LEAST_MICROS;
  return rtp
    .from(sender.endpoint, sinceMicros, untilMicros)
    .some((stream) => stream.protocol === "RTP" && isFlow([stream]));
}
