import type { Hop } from "./concurrentLegs.ts";

/** How long after it got a call a PBX has called all the phones that it rings at once. */
const CALLED_MICROS = 500_000;
/** They are called one right after the other. */
const APART_MICROS = 30_000;
/** How long it takes to pass on that one of them answered. */
const ANSWERED_MICROS = 50_000;
/** And how far apart the end of the call and of the last phone that rang for it may be. */
const ENDED_MICROS = 1_000_000;
const SECOND_MICROS = 1_000_000;

/**
 * The phones that were rung at once for the call that came, of those that were called by who got it; none where it is not plain: two or more, called while it
 * waited; that one answered was passed on in the same instant, or the call and all of them ended together. Guard G5: no other call may have been there.
 */
export function ringGroup(came: Hop, called: readonly Hop[], others: readonly Hop[]): readonly Hop[] {
  const answeredMicros = seenMicros(came, isSuccess);
  const finalMicros = seenMicros(came, isFinal);
  const group = called.filter(
    ({ timeMicros, capture }) =>
      capture === came.capture &&
      timeMicros >= came.timeMicros &&
      timeMicros - came.timeMicros <= CALLED_MICROS &&
      timeMicros <= finalMicros,
  );
  if (group.length < 2 || isCoarse(came, group) || !areOneAfterTheOther(group)) return [];
  const lastMicros = group[group.length - 1].timeMicros;
  if (others.some((other) => other.timeMicros <= lastMicros && !(other.endMicros < came.timeMicros))) return [];
  const taken = group.map((hop) => seenMicros(hop, isSuccess)).filter((micros) => !Number.isNaN(micros));
  if (taken.length > 1) return [];
  if (taken.length === 0) return endedTogether(group, finalMicros) ? group : [];
  const waitedMicros = answeredMicros - taken[0];
  return waitedMicros >= 0 && waitedMicros <= ANSWERED_MICROS ? group : [];
}

/** In the order in which they were sent. */
function areOneAfterTheOther(group: readonly Hop[]): boolean {
  return group.every(
    ({ timeMicros }, index) => index === 0 || Math.abs(timeMicros - group[index - 1].timeMicros) <= APART_MICROS,
  );
}

/** Not where one has no end yet: NaN. */
function endedTogether(group: readonly Hop[], finalMicros: number): boolean {
  const lastMicros = Math.max(...group.map(({ endMicros }) => endMicros));
  return Math.abs(lastMicros - finalMicros) <= ENDED_MICROS;
}

/** When such an answer was first seen; NaN where there was none. */
function seenMicros({ codes, seenMicros: times }: Hop, isSought: (statusCode: number) => boolean): number {
  return times[codes.findIndex(isSought)] ?? Number.NaN;
}

export function isFinal(statusCode: number): boolean {
  return statusCode >= 200;
}

function isSuccess(statusCode: number): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** By the times of a log that has whole seconds all is at once. */
function isCoarse(came: Hop, group: readonly Hop[]): boolean {
  return [came, ...group].every(({ timeMicros }) => timeMicros % SECOND_MICROS === 0);
}
