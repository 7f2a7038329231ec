import type { ConnectivityChecks, IcmpUnreachable } from "../../network/packet.ts";
import { secondsOf } from "../elapsed.ts";
import { type MediaFlow, turned } from "../mediaFlows.ts";
import type { Context } from "../rule.ts";
import { spanOf } from "../streamExtent.ts";
import {
  besideMedia,
  type Found,
  isWayInView,
  LEAST_MICROS,
  lineOf,
  otherDirection,
  valuesOf,
} from "./mediaFinding.ts";
import { areAllWaysSeen } from "./unseenMediaWays.ts";

/** So many checks are sent in vain at least: the first ones come before the other side is ready. */
const LEAST_CHECKS = 5;

/** Connectivity checks of one side, on all ways that it may try, of which none succeeded: so it sends no audio. RFC 8445 §7.2.5.2, §12.1 */
export function iceFailed(flow: MediaFlow, context: Context): Found | undefined {
  const { path, sender, receiver, there, ways } = flow;
  if (ways === undefined || there.length > 0) return undefined;
  const checks = ways.there.reduce((sum, each) => sum + each.checks, 0);
  const { firstMicros, lastMicros } = spanOf(ways.there);
  const hasFailed = ways.there.every(({ successes }) => successes === 0);
  if (!hasFailed || checks < LEAST_CHECKS || lastMicros - firstMicros < LEAST_MICROS) return undefined;
  if (!areAllWaysSeen(flow)) return undefined;
  const byChecks = ways.there.toSorted((a, b) => b.checks - a.checks);
  const error = byChecks.find(({ errors }) => errors > 0);
  // Some addresses are out of reach for all but their own network: what gets lost without a word tells more.
  const told = error ?? byChecks.find((each) => refusals(each, context).length === 0) ?? byChecks[0];
  const refused = refusals(told, context);
  const shows = isWayInView(turned(flow), context);
  return {
    verdict: shows || error !== undefined || refused.length > 0 ? "likely" : "indeterminate",
    cause: "ice-failed",
    element: receiver.neighbour,
    evidence: [
      lineOf(path.caller),
      lineOf(path.callee),
      told,
      ...byChecks.filter((each) => each !== told).slice(0, 1),
      ...refused.slice(-1),
    ],
    missing: [shows ? besideMedia(receiver) : otherDirection(receiver, sender)],
    citations: ["RFC 8445 §7.2.5.2"],
    values: {
      ...valuesOf(flow),
      sender: told.source.text,
      receiver: told.destination.text,
      times: told.checks,
      seconds: secondsOf(told.firstMicros, told.timeMicros),
      answer: error === undefined ? (refused.at(-1)?.reason ?? "none") : "error",
      code: error?.errorCode ?? 0,
      reporter: refused.at(-1)?.reporter ?? "",
      others: error === undefined ? othersOf(flow) : "refused",
    },
  };
}

/** ICMP errors about these checks. RFC 8445 §7.2.5.2.2 */
function refusals(
  { source, destination, firstMicros }: ConnectivityChecks,
  { eventsAbout }: Context,
): readonly IcmpUnreachable[] {
  return eventsAbout(source, destination, firstMicros).filter(
    (event): event is IcmpUnreachable => event.kind === "icmp-unreachable",
  );
}

/** What became of the checks of the other side. */
function othersOf({ receiver, ways }: MediaFlow): string {
  const checks = ways?.back ?? [];
  if (receiver.media.iceLite) return "lite";
  if (checks.length === 0) return "none";
  return checks.some(({ successes }) => successes > 0) ? "answered" : "unanswered";
}
