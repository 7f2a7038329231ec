import type { Call } from "../call/call.ts";
import type { Dialog } from "../dialog/dialog.ts";
import { wayText } from "../network/endpoint.ts";
import { groupBy } from "../network/groupBy.ts";
import type { Endpoint, RtpStream } from "../network/packet.ts";
import { checkedFlow, type CheckedWays, joinedPaths, turnedWays } from "./checkedWays.ts";
import type { ConnectivitySeen } from "./connectivitySeen.ts";
import { secondsOf } from "./elapsed.ts";
import { isoTime } from "./isoTime.ts";
import {
  allMediaPaths,
  isOfPath,
  type MediaEnd,
  type MediaKind,
  type MediaPath,
  mediaPaths,
  protocolOf,
} from "./mediaPaths.ts";
import type { MediaReport } from "./report.ts";
import type { RtpSeen } from "./rtpSeen.ts";
import { extentOf } from "./streamExtent.ts";

/** What begins before a call, or lasts beyond it, is of another call too: load generators use one port for all of theirs. */
const EARLIER_MICROS = 1_000_000;
const LATER_MICROS = 10_000_000;
/** A way that changes, as a NAT or a relay may do, has a few. */
const MOST_SOURCES = 3;

export interface SeenMedia {
  readonly rtp: RtpSeen;
  readonly connectivity: ConnectivitySeen;
  readonly observedUntilMicros: number;
}

/** What went one way between two neighbours, and what came back. */
export interface MediaFlow {
  readonly path: MediaPath;
  readonly sender: MediaEnd;
  readonly receiver: MediaEnd;
  readonly there: readonly RtpStream[];
  readonly back: readonly RtpStream[];
  /** What ICE and DTLS did before; absent without ICE. */
  readonly ways?: CheckedWays;
  readonly untilMicros: number;
}

/**
 * Each direction of each path. Where a relay passes on what it gets, silence begins at the path that is nearest to who is silent: of what goes
 * to the caller the last path comes first.
 */
export function mediaFlows(call: Call, kind: MediaKind, seen: SeenMedia): MediaFlow[] {
  return flowsOn((dialog) => mediaPaths(dialog, kind), call, seen);
}

function flowsOn(pathsOf: (dialog: Dialog) => MediaPath[], { legs }: Call, seen: SeenMedia): MediaFlow[] {
  const paths = legs.flatMap(({ dialogs }) => dialogs.flatMap((dialog) => joinedPaths(pathsOf(dialog))));
  const toCallee = paths
    .map((path) => (path.isIce ? checkedFlow(path, seen) : announcedFlow(path, seen)))
    .filter((flow) => flow !== undefined)
    .filter(isOfCall);
  return [...toCallee, ...toCallee.toReversed().map(turned)];
}

/** What was seen of the media of a call, for the report: each way between two sides once, in order of time. */
export function mediaReports(call: Call, kind: MediaKind, seen: SeenMedia): MediaReport[] {
  const flows = flowsOn((dialog) => allMediaPaths(dialog, kind), call, seen);
  const streams = new Set(flows.flatMap(({ there }) => there));
  const ways = groupBy([...streams], ({ source, destination }) => wayText(source, destination));
  return [...ways.values()]
    .map((each) => reportOf(each, protocolOfAll(flows.filter(({ there }) => there.some((one) => each.includes(one))))))
    .toSorted((a, b) => a.startTime.localeCompare(b.startTime));
}

/** SRTP where all of them agreed on it. */
function protocolOfAll(flows: readonly MediaFlow[]): RtpStream["protocol"] {
  const protocols = flows.map(({ path }) => protocolOf(path));
  return protocols.find((protocol) => protocol !== "SRTP") ?? "SRTP";
}

function reportOf(streams: readonly RtpStream[], protocol: RtpStream["protocol"]): MediaReport {
  const { packets, firstMicros, lastMicros } = extentOf(streams);
  return {
    source: streams[0].source.text,
    destination: streams[0].destination.text,
    protocol,
    packets,
    startTime: isoTime(firstMicros),
    durationSeconds: secondsOf(firstMicros, lastMicros),
  };
}

/** That to the callee, between the addresses of the descriptions. */
function announcedFlow(path: MediaPath, { rtp, observedUntilMicros }: SeenMedia): MediaFlow | undefined {
  const { caller, callee, offeredMicros, bye } = path;
  if (![caller, callee].every(({ endpoint }) => rtp.knowsAllOf(endpoint, offeredMicros))) return undefined;
  const untilMicros = bye?.packet.timeMicros ?? observedUntilMicros;
  const ofPath = (stream: RtpStream): boolean => isOfPath(stream, path);
  const to = (endpoint: Endpoint): RtpStream[] => rtp.to(endpoint, offeredMicros, untilMicros).filter(ofPath);
  const from = (endpoint: Endpoint): RtpStream[] => rtp.from(endpoint, offeredMicros, untilMicros).filter(ofPath);
  const [toCaller, toCallee] = [to(caller.endpoint), to(callee.endpoint)];
  // Behind NAT packets come from another address than was announced, and are sent there.
  const there = [...toCallee, ...from(caller.endpoint), ...toCaller.flatMap(({ source }) => to(source))];
  const back = [...toCaller, ...from(callee.endpoint), ...toCallee.flatMap(({ source }) => to(source))];
  return { path, sender: caller, receiver: callee, there: [...new Set(there)], back: [...new Set(back)], untilMicros };
}

/** As seen from the other side. */
export function turned({ path, sender, receiver, there, back, ways, untilMicros }: MediaFlow): MediaFlow {
  return {
    path,
    sender: receiver,
    receiver: sender,
    there: back,
    back: there,
    ways: ways && turnedWays(ways),
    untilMicros,
  };
}

function isOfCall({ path, there, back, untilMicros }: MediaFlow): boolean {
  const sinceMicros = path.dialog.invite.first.packet.timeMicros - EARLIER_MICROS;
  const isWithin = ({ firstMicros: first, timeMicros: last }: RtpStream): boolean =>
    first >= sinceMicros && last <= untilMicros + LATER_MICROS;
  return [there, back].every(
    (streams) =>
      streams.every(isWithin) && (path.isIce || new Set(streams.map(({ source }) => source)).size <= MOST_SOURCES),
  );
}
