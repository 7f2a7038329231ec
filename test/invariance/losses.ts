import { parseMessage } from "../../packages/core/src/message/parseMessage.ts";
import { groupBy } from "../../packages/core/src/network/groupBy.ts";
import type { NetworkEvent, Packet } from "../../packages/core/src/network/packet.ts";
import { isPacket, type Traffic } from "./traffic.ts";

/** What a mirror, a filter, or a capture that begins late or ends early leaves out. */
export interface Loss {
  readonly kind: string;
  readonly traffic: Traffic;
}

/** A piece of traffic, and by what filters and hops tell it from others. */
interface Piece {
  readonly source: string;
  readonly destination: string;
  readonly hosts: readonly string[];
  /** The same both ways. */
  readonly hop: string;
  /** `""` below SIP. */
  readonly callId: string;
  /** Of a message: its request, on this hop. */
  readonly transaction: string;
}

const BURSTS = [2, 3, 5];
const EVERY = [2, 3, 4, 5];

type LeftOut = readonly [kind: string, gone: readonly number[]];

/**
 * Each message; those of a transaction, a hop and a direction; all but one hop or host; and of all bursts, every so many, beginnings and ends some, at most so
 * many of each kind, from the whole length.
 */
export function lossesOf(traffic: Traffic, most: number): readonly Loss[] {
  const found = new Map<string, Loss>();
  const pieces = traffic.seen.map(pieceOf);
  for (const [kind, gone] of [...alike(pieces), ...inARow(pieces.length, most)]) {
    if (gone.length === 0 || gone.length === pieces.length || found.has(gone.join())) continue;
    const places = new Set(gone);
    const seen = traffic.seen.filter((_, place) => !places.has(place));
    found.set(gone.join(), { kind, traffic: { ...traffic, seen } });
  }
  return [...found.values(), ...spread([...cutShort(traffic)], most)];
}

function alike(pieces: readonly Piece[]): LeftOut[] {
  const all = [...pieces.keys()];
  const groups = (keyOf: (piece: Piece) => string): number[][] => [
    ...groupBy(all, (place) => keyOf(pieces[place])).values(),
  ];
  const but = (kept: readonly number[]): number[] => all.filter((place) => !kept.includes(place));
  const hosts = [...new Set(pieces.flatMap((piece) => piece.hosts))];
  const ofHost = (host: string): number[] => all.filter((place) => pieces[place].hosts.includes(host));
  const hops = groups(({ hop }) => hop);
  return [
    ...all.map((place) => ["one message", [place]] as const),
    ...groups(({ transaction }) => transaction).flatMap((places) => pairsOf(places)),
    ...groups(({ hop, callId }) => `${hop} ${callId}`).map((places) => ["a hop of a call", places] as const),
    ...groups(({ source, destination, callId }) => `${source} ${destination} ${callId}`).map(
      (places) => ["a direction of a hop of a call", places] as const,
    ),
    ...groups(({ source, destination }) => `${source} ${destination}`).map(
      (places) => ["a direction of a hop", places] as const,
    ),
    ...hops.flatMap((places) => [["a hop", places] as const, ["all but a hop", but(places)] as const]),
    ...hosts.flatMap((host) => [["a host", ofHost(host)] as const, ["all but a host", but(ofHost(host))] as const]),
  ];
}

function inARow(length: number, most: number): LeftOut[] {
  const all = [...Array(length).keys()];
  return [
    ...spread(
      EVERY.flatMap((step) =>
        all.slice(0, step).map((first) => [`every ${step}`, all.filter((place) => place % step === first)] as const),
      ),
      most,
    ),
    ...BURSTS.flatMap((burst) =>
      spread(all, most).map((place) => [`${burst} in a row`, all.slice(place, place + burst)] as const),
    ),
    ...spread(all, most).map((place) => ["the beginning", all.slice(0, place)] as const),
    ...spread(all, most).map((place) => ["the end", all.slice(place)] as const),
  ];
}

/** A request and a response to it, or two sendings. */
function pairsOf(places: readonly number[]): LeftOut[] {
  return places.slice(1).map((place) => ["a request and a response", [places[0], place]]);
}

/** Not only what was sent is missing then, but also what shows that nothing more came. Guard G1. */
function* cutShort(traffic: Traffic): Generator<Loss> {
  for (const [place, { timeMicros }] of traffic.seen.entries()) {
    const seen = traffic.seen.slice(0, place + 1).filter((each) => each.timeMicros <= timeMicros);
    yield { kind: "the end, with nothing after it", traffic: { ...traffic, seen, observedUntilMicros: timeMicros } };
  }
}

/** Of many so many, from the whole length. */
function spread<Each>(all: readonly Each[], most: number): readonly Each[] {
  const step = Math.max(1, all.length / most);
  return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

function pieceOf(seen: Packet | NetworkEvent): Piece {
  const { source, destination } = seen;
  const hop = [source.text, destination.text].toSorted().join(" ");
  const ends = {
    source: source.text,
    destination: destination.text,
    hosts: [source.address, destination.address],
    hop,
  };
  const message = isPacket(seen) ? parseMessage(seen) : undefined;
  if (message === undefined) return { ...ends, callId: "", transaction: "" };
  const { callId, cseqNumber, branches } = message;
  return { ...ends, callId, transaction: `${hop} ${callId} ${cseqNumber} ${branches[0]}` };
}
