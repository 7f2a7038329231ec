import type { CallReport, FindingReport, MessageReport, Verdict } from "../diagnosis/report.ts";
import { secondsBetween } from "./clock.ts";

/** The messages of one call as arrows between lanes: what every drawing of a ladder starts from. */
export interface Ladder {
  readonly lanes: readonly Lane[];
  readonly arrows: readonly Arrow[];
  /** Messages left out because their elements or their number did not fit. */
  readonly beyond: number;
}

/** One element. */
export interface Lane {
  /** `10.9.0.30:5060`, or only the address where the element uses several ports; all of them where it has several. */
  readonly address: string;
  /** The product, where a finding knows it. */
  readonly name?: string;
}

export interface Arrow {
  readonly message: MessageReport;
  /** Since the first message of the call; NaN where one of the two has no time. */
  readonly seconds: number;
  /** Indexes of lanes. */
  readonly from: number;
  readonly to: number;
  /** Sendings of the same message, this one included. */
  readonly count: number;
  /** The strongest verdict whose evidence this message is. */
  readonly verdict?: Verdict;
}

/** Most lanes a ladder has, and most arrows. */
export const lanesShown = 12;
export const arrowsShown = 500;

export function buildLadder(call: CallReport): Ladder {
  const { messages = [] } = call;
  const laneOf = assignLanes(messages);
  const drawn = foldRetransmissions(messages)
    .filter(({ message }) => laneOf.has(message.source) && laneOf.has(message.destination))
    .slice(0, arrowsShown);
  const verdicts = verdictsByFrame(call.findings);
  return {
    lanes: lanes(laneOf, call.findings),
    arrows: drawn.map((folded) => arrow(folded, messages[0], laneOf, verdicts)),
    beyond: messages.length - drawn.reduce((sum, { frames }) => sum + frames.length, 0),
  };
}

interface LaneKey {
  readonly index: number;
  /** Of one element, as they appear. */
  readonly addresses: readonly string[];
}

/** One side of a message. */
interface End {
  readonly endpoint: string;
  /** Of the element that wrote a log. */
  readonly element?: string;
}

/** Ports of one host share a lane, unless the host talks to itself: then each port is an element. So do the addresses of the writer of a log. */
function assignLanes(messages: readonly MessageReport[]): Map<string, LaneKey> {
  const selfTalkers = new Set(
    messages
      .filter(({ source, destination }) => hostOf(source) === hostOf(destination))
      .map(({ source }) => hostOf(source)),
  );
  const laneByElement = new Map<string, { index: number; addresses: string[] }>();
  const laneOf = new Map<string, LaneKey>();
  let count = 0;
  for (const { endpoint, element } of messages.flatMap(endsOf)) {
    if (laneOf.has(endpoint)) continue;
    const host = selfTalkers.has(hostOf(endpoint)) ? endpoint : hostOf(endpoint);
    const known = laneByElement.get(element ?? host) ?? laneByElement.get(host);
    if (!known && count >= lanesShown) continue;
    const lane = known ?? { index: count++, addresses: [] };
    const sameHost = lane.addresses.findIndex((address) => address === host || hostOf(address) === host);
    if (sameHost < 0) lane.addresses.push(endpoint);
    else lane.addresses[sameHost] = host;
    laneByElement.set(host, lane);
    if (element !== undefined) laneByElement.set(element, lane);
    laneOf.set(endpoint, lane);
  }
  return laneOf;
}

function endsOf({ source, destination, sourceElement, destinationElement }: MessageReport): End[] {
  return [
    { endpoint: source, element: sourceElement },
    { endpoint: destination, element: destinationElement },
  ];
}

function lanes(laneOf: ReadonlyMap<string, LaneKey>, findings: readonly FindingReport[]): Lane[] {
  const result: Lane[] = [];
  for (const { index, addresses } of laneOf.values()) {
    const address = addresses.join(", ");
    const origin = findings.find(
      ({ origin: named }) => named !== undefined && addresses.some((each) => sameElement(named.address, each)),
    )?.origin;
    result[index] = origin?.product === undefined ? { address } : { address, name: origin.product };
  }
  return result;
}

function sameElement(origin: string, lane: string): boolean {
  return origin === lane || hostOf(origin) === lane;
}

/** `10.9.0.30` of `10.9.0.30:5060`, `fd00:9::30` of `[fd00:9::30]:5060`. */
function hostOf(endpoint: string): string {
  if (endpoint.startsWith("["))
    return endpoint.slice(1, endpoint.indexOf("]") === -1 ? endpoint.length : endpoint.indexOf("]"));
  const colon = endpoint.lastIndexOf(":");
  return colon > 0 && endpoint.indexOf(":") === colon ? endpoint.slice(0, colon) : endpoint;
}

interface Folded {
  readonly message: MessageReport;
  /** Frames of all its sendings, as `capture:frame`. */
  readonly frames: string[];
}

function foldRetransmissions(messages: readonly MessageReport[]): Folded[] {
  const folded: Folded[] = [];
  const byFrame = new Map<string, Folded>();
  for (const message of messages) {
    const key = `${message.capture}:${message.frame}`;
    const first =
      message.retransmissionOf === undefined
        ? undefined
        : byFrame.get(`${message.capture}:${message.retransmissionOf}`);
    if (first) first.frames.push(key);
    const own = first ?? { message, frames: [key] };
    if (!first) folded.push(own);
    byFrame.set(key, own);
  }
  return folded;
}

function arrow(
  { message, frames }: Folded,
  first: MessageReport,
  laneOf: ReadonlyMap<string, LaneKey>,
  verdicts: ReadonlyMap<string, Verdict>,
): Arrow {
  const marks = frames.flatMap((frame) => verdicts.get(frame) ?? []);
  return {
    message,
    seconds: first.untimed === true || message.untimed === true ? Number.NaN : secondsBetween(first.time, message.time),
    from: laneOf.get(message.source)?.index ?? 0,
    to: laneOf.get(message.destination)?.index ?? 0,
    count: frames.length,
    verdict: strongestFirst.find((verdict) => marks.includes(verdict)),
  };
}

function verdictsByFrame(findings: readonly FindingReport[]): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  for (const verdict of [...strongestFirst].reverse()) {
    for (const finding of findings) {
      if (finding.verdict !== verdict) continue;
      for (const { capture, frame } of finding.evidence) verdicts.set(`${capture}:${frame}`, verdict);
    }
  }
  return verdicts;
}

const strongestFirst: readonly Verdict[] = ["certain", "likely", "indeterminate"];
