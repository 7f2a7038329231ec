import type { Packet } from "../network/packet.ts";
import { Arrivals } from "./arrivals.ts";

/** How long after it got an INVITE a B2BUA that only passes calls on sends its own. */
const PASSED_ON_MICROS = 500_000;
/** And how long it takes to pass on an answer. */
const ANSWERED_MICROS = 50_000;
/** Who has more calls open than this has too many for any two of them to belong together by their times. */
const BUSY = 32;
/** Calls whose end is not in view are forgotten then. */
const LONGEST_MICROS = 4 * 3600_000_000;
const SECOND_MICROS = 1_000_000;
/** Answered by whoever had sent the request, under the same Call-ID. RFC 3261 §22 */
const CHALLENGES: ReadonlySet<number> = new Set([401, 407]);

/** An INVITE that came to a host or left it, and what it was answered. */
interface Concurrent<Place> {
  readonly callId: string;
  readonly place: Place;
  readonly capture: number;
  readonly timeMicros: number;
  /** When each status code was seen first. */
  readonly answers: Map<number, number>;
  /** Undefined while it is open. */
  endedMicros: number | undefined;
}

/**
 * Finds the two legs of a B2BUA that have no word in common: one INVITE came to a host and one left it at once, no other call was open there that
 * nothing else joins, and each answer that came for the one went out for the other in the same instant, with the same status code. Guard G5: time
 * alone would not do, the answers are what counts.
 */
export class ConcurrentLegs<Place> {
  readonly #came = new Arrivals<Concurrent<Place>>(LONGEST_MICROS, isOpen);
  readonly #left = new Arrivals<Concurrent<Place>>(LONGEST_MICROS, isOpen);
  readonly #isContinued: (place: Place) => boolean;
  readonly #isContinuation: (place: Place) => boolean;

  /**
   * @param isContinued true where something joins a leg that this one was sent on as
   * @param isContinuation true where something joins a leg that was sent on as this one
   */
  constructor(isContinued: (place: Place) => boolean, isContinuation: (place: Place) => boolean) {
    this.#isContinued = isContinued;
    this.#isContinuation = isContinuation;
  }

  /** An INVITE that opens a dialog. */
  invite(callId: string, packet: Packet, place: Place): void {
    const { capture, timeMicros, source, destination } = packet;
    if (!isTold(packet)) return;
    for (const [legs, side] of [
      [this.#came, destination],
      [this.#left, source],
    ] as const) {
      if (legs.at(side).some((leg) => leg.callId === callId)) continue;
      const leg = { callId, place, capture, timeMicros, answers: new Map(), endedMicros: undefined };
      legs.add({ destination: side, timeMicros }, leg);
    }
  }

  /** The call is over, as far as these two hosts have it. */
  end(callId: string, { source, destination }: Packet): void {
    for (const side of [source, destination]) {
      this.#came.remove(side, (leg) => leg.callId === callId);
      this.#left.remove(side, (leg) => leg.callId === callId);
    }
  }

  /** A response to such an INVITE. Gives the two legs that it shows to be one call, the caller's first. */
  answer(callId: string, statusCode: number, packet: Packet): readonly [Place, Place] | undefined {
    const { source, destination, timeMicros } = packet;
    if (statusCode <= 100 || CHALLENGES.has(statusCode) || !isTold(packet)) return undefined;
    this.#note(this.#left.at(destination), callId, statusCode, timeMicros);
    const came = this.#note(this.#came.at(source), callId, statusCode, timeMicros);
    if (came === undefined || statusCode < 200) return undefined;
    const left = this.#partnerOf(came, packet);
    if (statusCode >= 300) this.#came.remove(source, (leg) => leg === came);
    return left && [came.place, left.place];
  }

  #note(
    legs: readonly Concurrent<Place>[],
    callId: string,
    statusCode: number,
    timeMicros: number,
  ): Concurrent<Place> | undefined {
    const leg = legs.find((each) => each.callId === callId);
    if (leg === undefined || leg.answers.has(statusCode)) return undefined;
    leg.answers.set(statusCode, timeMicros);
    if (statusCode >= 300) leg.endedMicros = timeMicros;
    return leg;
  }

  #partnerOf(came: Concurrent<Place>, { source, timeMicros }: Packet): Concurrent<Place> | undefined {
    const [arrived, departed] = [this.#came.at(source), this.#left.at(source)];
    if (arrived.length > BUSY || departed.length > BUSY) return undefined;
    const isOwn = ({ callId }: Concurrent<Place>): boolean => !arrived.some((other) => other.callId === callId);
    const others = departed.filter(
      (leg) => isOwn(leg) && leg.timeMicros >= came.timeMicros && !this.#isContinuation(leg.place),
    );
    const [left] = others;
    // Neither sent on by the host under its own Call-ID nor as another leg, and nothing else to choose from.
    if (others.length !== 1 || departed.some(({ callId }) => callId === came.callId) || this.#isContinued(came.place))
      return undefined;
    const competes = (leg: Concurrent<Place>): boolean =>
      leg !== came &&
      leg.timeMicros <= left.timeMicros &&
      !departed.some(({ callId }) => callId === leg.callId) &&
      !this.#isContinued(leg.place);
    return !arrived.some(competes) && areAlike(came, left, timeMicros) ? left : undefined;
  }
}

/** One element saw both, with a clock that tells more than seconds. */
function areAlike<Place>(came: Concurrent<Place>, left: Concurrent<Place>, nowMicros: number): boolean {
  const isCoarse = [came.timeMicros, left.timeMicros, nowMicros].every((micros) => micros % SECOND_MICROS === 0);
  const isPassedOn = left.timeMicros - came.timeMicros <= PASSED_ON_MICROS;
  if (isCoarse || !isPassedOn || came.capture !== left.capture || came.answers.size !== left.answers.size) return false;
  return [...came.answers].every(([statusCode, timeMicros]) => {
    const apart = timeMicros - (left.answers.get(statusCode) ?? Number.NaN);
    return apart >= 0 && apart <= ANSWERED_MICROS;
  });
}

/** Capture agents have clocks of their own. */
function isTold({ untimed, captureAgent }: Packet): boolean {
  return untimed !== true && captureAgent === undefined;
}

function isOpen<Place>({ timeMicros, endedMicros }: Concurrent<Place>, nowMicros: number): boolean {
  return (
    nowMicros - timeMicros < LONGEST_MICROS && (endedMicros === undefined || nowMicros - endedMicros < SECOND_MICROS)
  );
}
