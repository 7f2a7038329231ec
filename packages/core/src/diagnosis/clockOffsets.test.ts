import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ClockOffset, readClocks } from "./clockOffsets.ts";
import type { Sighting } from "./sighting.ts";

const START = 1_795_331_204_000_000;
const SECOND = 1_000_000;

/** Message `index` as capture `capture` saw it: the even ones go from a to b, the odd ones back. */
function sight(capture: number, index: number, micros: number): Sighting {
  const [source, destination] =
    index % 2 === 0 ? ["10.9.0.10:5060", "10.9.0.20:5060"] : ["10.9.0.20:5060", "10.9.0.10:5060"];
  return { capture, timeMicros: START + micros, key: `message ${index}`, source, destination };
}

/** Both captures of `count` messages, a tenth of a second apart. The second clock is ahead, and each message takes `delay` to the other host. */
function seenTwice(count: number, ahead: number, delay: number): Sighting[] {
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    const sent = index * 100_000;
    const [first, second] = index % 2 === 0 ? [sent, sent + delay] : [sent + delay, sent];
    return [sight(0, index, first), sight(1, index, second + ahead)];
  });
}

const offsetsIn = (sightings: readonly Sighting[]): readonly ClockOffset[] => readClocks(sightings).offsets;

describe("the offset between two clocks", () => {
  test("is found from the messages that both captures hold, whatever the network took", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 40 }),
        fc.integer({ min: -86_400, max: 86_400 }),
        fc.nat(100_000),
        (count, seconds, delay) => {
          fc.pre(seconds !== 0);
          const found = offsetsIn(seenTwice(count, seconds * SECOND, delay));
          expect(found).toEqual([{ capture: 1, reference: 0, micros: seconds * SECOND, messages: count }]);
        },
      ),
    );
  });

  test("is not claimed from fewer than three messages", () => {
    expect(offsetsIn(seenTwice(2, 3.2 * SECOND, 1000))).toEqual([]);
    expect(offsetsIn(seenTwice(3, 3.2 * SECOND, 1000))).toHaveLength(1);
  });

  test("is not claimed where the messages contradict each other", () => {
    const [half, otherHalf] = [seenTwice(10, 3 * SECOND, 0), seenTwice(10, 5 * SECOND, 0)];
    expect(offsetsIn([...half.slice(0, 10), ...otherHalf.slice(10)])).toEqual([]);
  });

  test("is known less exactly where one of the clocks goes faster", () => {
    const drifting = seenTwice(60, 3 * SECOND, 1000).map((each, index) =>
      each.capture === 0 ? each : { ...each, timeMicros: each.timeMicros + index * 10_000 },
    );
    const [{ micros, marginMicros = 0, isDrifting }] = offsetsIn(drifting);
    expect(isDrifting).toBe(true);
    expect([micros - marginMicros, micros + marginMicros].map((each) => Math.round(each / SECOND))).toEqual([3, 4]);
    for (const edge of [3 * SECOND, 4.2 * SECOND]) expect(Math.abs(micros - edge)).toBeLessThan(marginMicros);
  });

  test("is found although a few messages lie", () => {
    const sightings = seenTwice(20, 3.2 * SECOND, 0);
    const lying = sightings.map((each, index) =>
      index < 4 ? { ...each, timeMicros: each.timeMicros + index * 7 * SECOND } : each,
    );
    expect(offsetsIn(lying)).toMatchObject([{ micros: 3.2 * SECOND, messages: 18 }]);
  });

  test("that is no more than what a network takes is none", () => {
    expect(offsetsIn(seenTwice(10, 0, 15_000))).toEqual([]);
    expect(offsetsIn(seenTwice(10, 10_000, 0))).toEqual([]);
  });

  test("is not found from a message that one capture has more often than the other", () => {
    const repeated = seenTwice(3, 3.2 * SECOND, 0);
    expect(offsetsIn([...repeated, sight(0, 1, 900_000)])).toEqual([]);
  });

  test("goes over a third capture where two have nothing in common", () => {
    const [first, second] = [seenTwice(4, 2 * SECOND, 0), seenTwice(4, 5 * SECOND, 0)];
    const later = second.map((each) => ({
      ...each,
      capture: each.capture + 1,
      key: `later ${each.key}`,
      timeMicros: each.timeMicros + 10 * SECOND,
    }));
    expect(offsetsIn([...first, ...later])).toMatchObject([
      { capture: 1, reference: 0, micros: 2 * SECOND },
      { capture: 2, reference: 0, micros: 7 * SECOND },
    ]);
  });

  test("is told against the capture that says the day", () => {
    const undated = seenTwice(4, 0, 0).map((each) =>
      each.capture === 0 ? { ...each, timeMicros: each.timeMicros - START } : each,
    );
    expect(offsetsIn(undated)).toEqual([{ capture: 0, reference: 1, micros: -START, messages: 4 }]);
  });
});

test("clocks are known against each other where both captures hold the same messages, however little they are apart", () => {
  expect(readClocks(seenTwice(10, 0, 1000)).groups).toEqual([new Set([0, 1])]);
  expect(readClocks(seenTwice(2, 0, 1000)).groups).toEqual([]);
});
