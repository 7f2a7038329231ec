import { wayText } from "../network/endpoint.ts";
import type { ConnectivityChecks, DtlsHandshake, Endpoint, RtpStream } from "../network/packet.ts";
import { sessionDescription } from "../sdp/sessionDescription.ts";
import type { MediaFlow, SeenMedia } from "./mediaFlows.ts";
import type { MediaEnd, MediaPath } from "./mediaPaths.ts";

/** What was seen of the ways between two sides that ICE tried for the media of a call. RFC 8445 §2.2 */
export interface CheckedWays {
  /** Checks that the sender sent to the receiver, and those of the receiver. */
  readonly there: readonly ConnectivityChecks[];
  readonly back: readonly ConnectivityChecks[];
  /** On these ways. */
  readonly handshakes: readonly DtlsHandshake[];
}

interface Way {
  readonly caller: Endpoint;
  readonly callee: Endpoint;
  readonly there: readonly RtpStream[];
  readonly back: readonly RtpStream[];
  readonly handshakes: readonly DtlsHandshake[];
  readonly checks: number;
  readonly successes: number;
}

/** Proxies that pass on the descriptions as they are leave the checks to the two at the ends: one path for all hops between them. */
export function joinedPaths(paths: readonly MediaPath[]): MediaPath[] {
  const joined: MediaPath[] = [];
  for (const path of paths) {
    const index = joined.findIndex((other) => other.isIce && path.isIce && hasSameUfrags(other, path));
    if (index < 0) joined.push(path);
    else joined[index] = { ...joined[index], callee: path.callee };
  }
  return joined;
}

function hasSameUfrags(one: MediaPath, other: MediaPath): boolean {
  return (
    one.caller.media.iceUfrag === other.caller.media.iceUfrag &&
    one.callee.media.iceUfrag === other.callee.media.iceUfrag
  );
}

/** What went to the callee on the ways that were checked; undefined where no check was seen. The ends of its path are those of the way in use, or of the one that was tried most. */
export function checkedFlow(path: MediaPath, seen: SeenMedia): MediaFlow | undefined {
  const { caller, callee, offeredMicros, bye } = path;
  const untilMicros = bye?.packet.timeMicros ?? seen.observedUntilMicros;
  const checks = (sender: MediaEnd, receiver: MediaEnd): ConnectivityChecks[] =>
    sender.ufrags.flatMap((own) =>
      receiver.ufrags.flatMap((other) => seen.connectivity.checks(own, other, offeredMicros, untilMicros)),
    );
  const [there, back] = [checks(caller, callee), checks(callee, caller)];
  const ways = waysOf(path, { there, back }, untilMicros, seen);
  const best = ways.toSorted(byUse)[0];
  if (best === undefined) return undefined;
  const isKnown = ways.every((way) =>
    [way.caller, way.callee].every((endpoint) => seen.rtp.knowsAllOf(endpoint, offeredMicros)),
  );
  if (!isKnown) return undefined;
  const sender = { ...caller, endpoint: best.caller };
  const receiver = { ...callee, endpoint: best.callee };
  return {
    path: { ...path, caller: sender, callee: receiver },
    sender,
    receiver,
    there: ways.flatMap((way) => way.there),
    back: ways.flatMap((way) => way.back),
    ways: { there, back, handshakes: ways.flatMap(({ handshakes }) => handshakes) },
    untilMicros,
  };
}

/** As seen from the other side. */
export function turnedWays({ there, back, handshakes }: CheckedWays): CheckedWays {
  return { there: back, back: there, handshakes };
}

function waysOf(
  { caller, callee, offeredMicros }: MediaPath,
  { there, back }: Pick<CheckedWays, "there" | "back">,
  untilMicros: number,
  { rtp, connectivity }: SeenMedia,
): Way[] {
  const ways = new Map<string, Way>();
  const all = [
    ...there.map((checks) => ({ checks, from: checks.source, to: checks.destination })),
    ...back.map((checks) => ({ checks, from: checks.destination, to: checks.source })),
  ];
  const streams = (source: Endpoint, destination: Endpoint): RtpStream[] =>
    rtp
      .from(source, offeredMicros, untilMicros)
      .filter((stream) => stream.destination.text === destination.text && isOfKind(stream, [caller, callee]));
  for (const { checks, from, to } of all) {
    const key = wayText(from, to);
    const known = ways.get(key) ?? {
      caller: from,
      callee: to,
      there: streams(from, to),
      back: streams(to, from),
      handshakes: connectivity.handshakes(from, to, offeredMicros, untilMicros),
      checks: 0,
      successes: 0,
    };
    ways.set(key, {
      ...known,
      checks: known.checks + checks.checks,
      successes: known.successes + checks.successes,
    });
  }
  return [...ways.values()];
}

function byUse(one: Way, other: Way): number {
  const packets = ({ there, back }: Way): number => [...there, ...back].reduce((sum, each) => sum + each.packets, 0);
  return packets(other) - packets(one) || other.successes - one.successes || other.checks - one.checks;
}

/** Other media may share the way, with payload types of their own. RFC 9143 §9.1 */
function isOfKind({ protocol, payloadTypes: [first] }: RtpStream, ends: readonly [MediaEnd, MediaEnd]): boolean {
  const wanted = ends[0].media.kind;
  if (protocol === "UDPTL" || wanted === "image") return protocol === "UDPTL" && wanted === "image";
  const isShared = ends.some(({ message }) =>
    sessionDescription(message)?.media.some(
      ({ kind, port, protocol: profile }) => kind !== wanted && port !== 0 && profile.includes("RTP/"),
    ),
  );
  return !isShared || ends.some(({ media }) => media.formats.includes(String(first)));
}
