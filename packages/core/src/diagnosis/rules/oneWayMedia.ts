import { secondsOf } from "../elapsed.ts";
import type { MediaFlow } from "../mediaFlows.ts";
import type { Context } from "../rule.ts";
import { extentOf } from "../streamExtent.ts";
import {
  besideMedia,
  byeIn,
  type Found,
  isFlow,
  isWayInView,
  lastOf,
  lineOf,
  otherDirection,
  valuesOf,
} from "./mediaFinding.ts";
import { isPrivateAddress, isPublicAddress } from "./reachability.ts";
import { evidenceOf, relayed, silenceOf } from "./relayed.ts";

/** Much came of one side, and nothing of the other. */
export function oneWayMedia(flow: MediaFlow, flows: readonly MediaFlow[], context: Context): Found | undefined {
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
    evidence: [lineOf(path.caller), lineOf(path.callee), ...lastOf(back, path), ...evidenceOf(beyond), ...byeIn(path)],
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
