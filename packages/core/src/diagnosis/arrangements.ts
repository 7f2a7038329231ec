import { groupBy } from "../network/groupBy.ts";
import type { Packet } from "../network/packet.ts";
import { type ClockSpan, spanOf } from "./clockSpan.ts";

/** The packets of a call, a list for each leg, as they may have been sent. */
export interface Arrangement {
  readonly legs: readonly (readonly Packet[])[];
  readonly observedUntilMicros: number;
}

/** What was sent by another clock may have come at once, or long before or after. */
const AT_ONCE_MICROS = 1000;
const LONG_MICROS = 3_600_000_000;
/** While a clock is set, so long may go by: between these are the timers of SIP, and how long people let it ring. */
const GAPS_MICROS: readonly number[] = [0, 1e6, 5e6, 15e6, 33e6, 90e6, 200e6, LONG_MICROS];
/** Behind so many messages what was sent by another clock is tried to belong. */
const MOST_TRIED = 8;

/**
 * Orders in which the packets of a call may have been sent, as far as its clocks tell: those of one clock stay where they are, those of others
 * are moved, a later part of the same capture never before an earlier one.
 */
export function arrangements(
  legs: readonly (readonly Packet[])[],
  spans: readonly ClockSpan[],
  held: number,
): Arrangement[] {
  const byClock = groupBy(legs.flat(), (packet) => spanOf(spans, packet)?.clock);
  const stay = timesOf(byClock.get(held) ?? []);
  const hasParts = movedAlong(spans, held, 0).size > 0;
  return (hasParts ? GAPS_MICROS : [0]).flatMap((gapMicros) => {
    const along = movedAlong(spans, held, gapMicros);
    const free = [...byClock].flatMap(([clock, packets]) =>
      clock === undefined || clock === held || along.has(clock)
        ? []
        : [{ clock, shifts: shiftsOf(timesOf(packets), stay, marginOf(spans, clock, held)) }],
    );
    const count = Math.max(1, ...free.map(({ shifts }) => shifts.length));
    return Array.from({ length: count }, (_, index) => {
      const shifts = new Map([
        ...along,
        ...free.map(({ clock, shifts: own }) => [clock, own[index % own.length]] as const),
      ]);
      return {
        legs: legs.map((packets) => inOrder(packets, spans, shifts)),
        observedUntilMicros: observedUntil(spans, held, along),
      };
    });
  });
}

type Shifts = ReadonlyMap<number, number>;

/** In ascending order. */
function timesOf(packets: readonly Packet[]): number[] {
  return packets.map(({ timeMicros }) => timeMicros).sort((a, b) => a - b);
}

/** How far two clocks may be from what is known of them. */
function marginOf(spans: readonly ClockSpan[], one: number, other: number): number {
  const [a, b] = [one, other].map((clock) => spans.find((span) => span.clock === clock)!);
  return a.tie === b.tie ? a.marginMicros + b.marginMicros : Number.POSITIVE_INFINITY;
}

/** Before all that stays, behind each of these messages, and after all of them; within the margin. */
function shiftsOf(moved: readonly number[], stay: readonly number[], marginMicros: number): number[] {
  const [first, last] = [moved[0], moved[moved.length - 1]];
  const step = Math.max(1, Math.ceil(stay.length / MOST_TRIED));
  const tried = stay.filter((_, index) => index % step === 0 || index === stay.length - 1);
  const shifts = [
    stay[0] - AT_ONCE_MICROS - last,
    stay[0] - LONG_MICROS - last,
    ...tried.map((micros) => micros + AT_ONCE_MICROS - first),
    stay[stay.length - 1] + LONG_MICROS - first,
  ];
  if (marginMicros === Number.POSITIVE_INFINITY) return shifts;
  return [...shifts.filter((micros) => Math.abs(micros) < marginMicros), -marginMicros, marginMicros];
}

/** Other parts of the captures of this clock, so long before and after what they were taken from. */
function movedAlong(spans: readonly ClockSpan[], held: number, gapMicros: number): Shifts {
  const shifts = new Map<number, number>();
  for (const parts of groupBy(spans, ({ capture }) => capture).values()) {
    const at = parts.findIndex(({ clock }) => clock === held);
    if (at < 0) continue;
    let micros = parts[at].lastMicros;
    for (const { clock, firstMicros, lastMicros } of parts.slice(at + 1)) {
      shifts.set(clock, micros + gapMicros - firstMicros);
      micros += gapMicros + lastMicros - firstMicros;
    }
    micros = parts[at].firstMicros;
    for (const { clock, firstMicros, lastMicros } of parts.slice(0, at).reverse()) {
      shifts.set(clock, micros - gapMicros - lastMicros);
      micros -= gapMicros + lastMicros - firstMicros;
    }
  }
  return shifts;
}

/** By the clock that is held: to the end of what its captures hold, or of what came after that. */
function observedUntil(spans: readonly ClockSpan[], held: number, along: Shifts): number {
  const ends = spans.flatMap(({ clock, observedUntilMicros }) => {
    const shift = clock === held ? 0 : along.get(clock);
    return shift === undefined ? [] : [observedUntilMicros + shift];
  });
  return Math.max(...ends);
}

/** Moved, and in order of time; what one clock has timed stays in its order. */
function inOrder(packets: readonly Packet[], spans: readonly ClockSpan[], shifts: Shifts): Packet[] {
  const queues = [...groupBy(packets, (packet) => spanOf(spans, packet)?.clock)].map(([clock, own]) => {
    const shift = (clock === undefined ? undefined : shifts.get(clock)) ?? 0;
    return own.map((packet) => (shift === 0 ? packet : { ...packet, timeMicros: packet.timeMicros + shift })).reverse();
  });
  const moved: Packet[] = [];
  while (moved.length < packets.length) {
    let next: Packet[] | undefined;
    for (const queue of queues) {
      const head = queue.at(-1);
      if (head !== undefined && (next === undefined || head.timeMicros < next.at(-1)!.timeMicros)) next = queue;
    }
    moved.push(next!.pop()!);
  }
  return moved;
}
