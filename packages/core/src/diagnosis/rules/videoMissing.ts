import type { Call } from "../../call/call.ts";
import { mediaFlows } from "../mediaFlows.ts";
import type { Context } from "../rule.ts";
import { firstOf } from "./firstOf.ts";
import { type Found, saidOf } from "./mediaFinding.ts";
import { oneWayMedia } from "./oneWayMedia.ts";
import { unlistedPayload } from "./unlistedPayload.ts";
import { unreachableMedia } from "./unreachableMedia.ts";

/** Who sends no video may have no camera: only what was sent shows that it did not get through. */
export function videoMissing(call: Call, context: Context): Found | undefined {
  const flows = mediaFlows(call, "video", context);
  const found =
    firstOf(flows, (flow) => unreachableMedia(flow, context)) ??
    firstOf(flows, (flow) => {
      const silent = oneWayMedia(flow, flows, context);
      return silent?.values.fed === "yes" ? silent : undefined;
    }) ??
    firstOf(flows, (flow) => unlistedPayload(flow, context));
  return found && saidOf("video", found);
}
