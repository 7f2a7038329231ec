import { isChallenge } from "../message/digest.ts";
import type { Packet } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import type { OpenLeg } from "./openCall.ts";
import { isFinal, ringGroup } from "./ringGroup.ts";

/** How long after it got an INVITE a B2BUA that only passes calls on sends its own. */
const PASSED_ON_MICROS = 500_000;
/** And how long it takes to pass on an answer. */
const ANSWERED_MICROS = 50_000;
/** Who ever has more calls open than this has too many for any two of them to belong together by their times. */
const BUSY = 32;
const SECOND_MICROS = 1_000_000;
/** Hosts that are remembered, those used least recently forgotten first; INVITEs on each side of one, and of one Call-ID. */
const MAX_HOSTS = 10_000;
const MAX_OF_HOST = 2 * BUSY;
const MAX_OF_LEG = 16;

interface Host {
  readonly name: string;
  readonly came: Side;
  readonly left: Side;
  /** Given up. */
  isBusy: boolean;
}

/** The INVITEs that came to a host, or that left it. */
interface Side {
  /** Those that are open, and the latest of the others. */
  hops: Hop[];
  open: number;
}

/** An INVITE on its way between two hosts, and what it was answered there. */
export interface Hop {
  readonly from: Host;
  readonly to: Host;
  readonly leg: OpenLeg;
  /** Of the INVITE in its leg. */
  readonly index: number;
  readonly capture: number;
  readonly timeMicros: number;
  /** The status codes so far, and when each was seen first. */
  readonly codes: number[];
  readonly seenMicros: number[];
  isOver: boolean;
  /** When it was cancelled or refused, or hung up; NaN before that. */
  endMicros: number;
}

/**
 * Finds the two legs of a B2BUA that have no word in common: one INVITE came to a host and one left it at once, no other call was open there that
 * nothing else joins, and each answer that came for the one went out for the other in the same instant, with the same status code. Guard G5: time
 * alone would not do, the answers are what counts.
 */
export class ConcurrentLegs {
  readonly #hosts = new RecentMap<string, Host>(MAX_HOSTS);
  readonly #isContinued: (leg: OpenLeg) => boolean;
  readonly #isContinuation: (leg: OpenLeg) => boolean;

  /**
   * @param isContinued true where something joins a leg that this one was sent on as
   * @param isContinuation true where something joins a leg that was sent on as this one
   */
  constructor(isContinued: (leg: OpenLeg) => boolean, isContinuation: (leg: OpenLeg) => boolean) {
    this.#isContinued = isContinued;
    this.#isContinuation = isContinuation;
  }

  /** An INVITE that opens a dialog: the latest packet of its leg. */
  invite(leg: OpenLeg, packet: Packet): void {
    if (!isTold(packet)) return;
    const { capture, timeMicros, source, destination } = packet;
    const [from, to] = [this.#hostOf(source.host), this.#hostOf(destination.host)];
    if (from.isBusy && to.isBusy) return;
    leg.hops ??= [];
    if (leg.hops.length >= MAX_OF_LEG || hopBetween(leg, source.host, destination.host)?.isOver === false) return;
    const index = leg.packets.length - 1;
    const hop: Hop = {
      from,
      to,
      leg,
      index,
      capture,
      timeMicros,
      codes: [],
      seenMicros: [],
      isOver: false,
      endMicros: Number.NaN,
    };
    leg.hops.push(hop);
    add(from, from.left, hop);
    add(to, to.came, hop);
  }

  /** The call is over. */
  end({ hops }: OpenLeg, timeMicros: number): void {
    if (hops !== undefined) for (const hop of hops) endHop(hop, timeMicros);
  }

  /** A CANCEL: there may be an answer all the same. */
  cancel(leg: OpenLeg, { source, destination, timeMicros }: Packet): void {
    const hop = hopBetween(leg, source.host, destination.host);
    if (hop !== undefined && Number.isNaN(hop.endMicros)) hop.endMicros = timeMicros;
  }

  /**
   * The calls that are settled by the end of an INVITE of this leg between the two sides of a packet, each with the phones that were rung for it.
   *
   * @param isNamed true where all of these name the same caller, and somebody of the call that came
   */
  ringGroups(
    leg: OpenLeg,
    { source, destination, timeMicros }: Packet,
    isNamed: (came: Hop, group: readonly Hop[]) => boolean,
  ): (readonly [Hop, readonly Hop[]])[] {
    const ended = hopBetween(leg, destination.host, source.host) ?? hopBetween(leg, source.host, destination.host);
    if (ended === undefined) return [];
    return [ended, ...ended.from.came.hops]
      .filter(
        (came) => came.codes.some(isFinal) && timeMicros - came.seenMicros[came.seenMicros.length - 1] <= SECOND_MICROS,
      )
      .map((came) => [came, this.#groupOf(came, isNamed)] as const)
      .filter(([, group]) => group.length > 0);
  }

  #groupOf(came: Hop, isNamed: (came: Hop, group: readonly Hop[]) => boolean): readonly Hop[] {
    const host = came.to;
    if (host.isBusy || host.left.hops.length < 2 || hasLeft(host, came) || this.#isContinued(came.leg)) return [];
    const called = host.left.hops.filter((hop) => !hasCome(host, hop) && !this.#isContinuation(hop.leg));
    const others = host.came.hops.filter(
      (hop) => hop.leg !== came.leg && !hasLeft(host, hop) && !this.#isContinued(hop.leg),
    );
    const group = ringGroup(came, called, others);
    return group.length > 0 && isNamed(came, group) ? group : [];
  }

  /** A response to an INVITE. Gives the two hops that it shows to be of one call, the caller's first. */
  answer(leg: OpenLeg, statusCode: number, packet: Packet): readonly [Hop, Hop] | undefined {
    // Whoever had sent the request answers a challenge, under the same Call-ID.
    if (leg.hops === undefined || isChallenge(statusCode) || !isTold(packet)) return undefined;
    const { source, destination, timeMicros } = packet;
    const came = hopBetween(leg, destination.host, source.host);
    if (came === undefined || came.codes.includes(statusCode)) return undefined;
    came.codes.push(statusCode);
    came.seenMicros.push(timeMicros);
    if (statusCode < 200) return undefined;
    const left = this.#partnerOf(came, timeMicros);
    if (statusCode >= 300) endHop(came, timeMicros);
    return left && [came, left];
  }

  #partnerOf(came: Hop, nowMicros: number): Hop | undefined {
    const host = came.to;
    // Sent on under its own Call-ID, or as another leg.
    if (host.isBusy || hasLeft(host, came) || this.#isContinued(came.leg)) return undefined;
    const others = host.left.hops.filter(
      (hop) =>
        isOpenAt(hop, nowMicros) &&
        hop.timeMicros >= came.timeMicros &&
        !hasCome(host, hop) &&
        !this.#isContinuation(hop.leg),
    );
    const [left] = others;
    if (others.length !== 1 || !areAlike(came, left, nowMicros)) return undefined;
    const competes = (hop: Hop): boolean =>
      hop.leg !== came.leg &&
      isOpenAt(hop, nowMicros) &&
      hop.timeMicros <= left.timeMicros &&
      !hasLeft(host, hop) &&
      !this.#isContinued(hop.leg);
    return host.came.hops.some(competes) ? undefined : left;
  }

  #hostOf(name: string): Host {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const host: Host = { name, came: { hops: [], open: 0 }, left: { hops: [], open: 0 }, isBusy: false };
    this.#hosts.set(name, host);
    return host;
  }
}

function hopBetween({ hops }: OpenLeg, from: string, to: string): Hop | undefined {
  return hops?.findLast((hop) => hop.from.name === from && hop.to.name === to);
}

/** True where an INVITE of the same Call-ID left the host. */
function hasLeft(host: Host, { leg }: Hop): boolean {
  return leg.hops?.some(({ from }) => from === host) === true;
}

/** True where an INVITE of the same Call-ID came to the host. */
function hasCome(host: Host, { leg }: Hop): boolean {
  return leg.hops?.some(({ to }) => to === host) === true;
}

/** A refusal is passed on when it has been answered, so that it is over there. */
function isOpenAt({ isOver, seenMicros }: Hop, nowMicros: number): boolean {
  return !isOver || nowMicros - seenMicros[seenMicros.length - 1] <= SECOND_MICROS;
}

function endHop(hop: Hop, timeMicros: number): void {
  if (Number.isNaN(hop.endMicros)) hop.endMicros = timeMicros;
  if (hop.isOver) return;
  hop.isOver = true;
  hop.from.left.open--;
  hop.to.came.open--;
}

function add(host: Host, side: Side, hop: Hop): void {
  if (host.isBusy) return;
  if (side.hops.length >= MAX_OF_HOST) side.hops = side.hops.filter(({ isOver }) => !isOver);
  side.hops.push(hop);
  side.open++;
  if (side.open <= BUSY) return;
  host.isBusy = true;
  host.came.hops = host.left.hops = [];
}

/** One element saw both, with a clock that tells more than seconds. */
function areAlike(came: Hop, left: Hop, nowMicros: number): boolean {
  const isCoarse = [came.timeMicros, left.timeMicros, nowMicros].every((micros) => micros % SECOND_MICROS === 0);
  const isPassedOn = left.timeMicros - came.timeMicros <= PASSED_ON_MICROS;
  if (isCoarse || !isPassedOn || came.capture !== left.capture || came.codes.length !== left.codes.length) return false;
  return came.codes.every((code, index) => {
    const place = left.codes.indexOf(code);
    const apart = came.seenMicros[index] - (left.seenMicros[place] ?? Number.NaN);
    return apart >= 0 && apart <= ANSWERED_MICROS;
  });
}

/** Capture agents have clocks of their own. */
function isTold({ untimed, captureAgent }: Packet): boolean {
  return untimed !== true && captureAgent === undefined;
}
