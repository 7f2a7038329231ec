import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TimeQueue } from "./timeQueue.ts";

const SECOND = 1_000_000;

test("an item is handed out once, when its second is over", () => {
  const queue = new TimeQueue<string>();
  queue.add("a", 5.5 * SECOND);
  expect(queue.due(5 * SECOND)).toEqual([]);
  expect(queue.due(6 * SECOND)).toEqual(["a"]);
  expect(queue.due(60 * SECOND)).toEqual([]);
});

test("what is added for a time that has passed comes next", () => {
  const queue = new TimeQueue<string>();
  queue.due(100 * SECOND);
  queue.add("late", 3 * SECOND);
  expect(queue.due(101 * SECOND)).toEqual(["late"]);
});

test("a jump of years is no work, and hands out in order of time", () => {
  const queue = new TimeQueue<string>();
  queue.add("b", 900 * SECOND);
  queue.add("a", 10 * SECOND);
  expect(queue.due(1_800_000_000 * SECOND)).toEqual(["a", "b"]);
});

test("every item comes out once, never before its time", () => {
  const times = fc.array(fc.nat(200), { maxLength: 30 });
  fc.assert(
    fc.property(times, fc.array(fc.nat(300), { minLength: 1, maxLength: 20 }), (wanted, looks) => {
      const queue = new TimeQueue<number>();
      for (const at of wanted) queue.add(at, at * SECOND);
      const seen: number[] = [];
      for (const now of [...looks].sort((a, b) => a - b).concat(1000)) {
        for (const at of queue.due(now * SECOND)) {
          expect(at).toBeLessThanOrEqual(now);
          seen.push(at);
        }
      }
      expect(seen.sort((a, b) => a - b)).toEqual([...wanted].sort((a, b) => a - b));
    }),
  );
});

test("any number of items may be due at once", () => {
  const queue = new TimeQueue<number>();
  for (let i = 0; i < 300_000; i++) queue.add(i, 1_000_000);
  expect(queue.due(5_000_000)).toHaveLength(300_000);
});

test("what was forgotten never comes out", () => {
  const queue = new TimeQueue<number>();
  for (let i = 0; i < 100; i++) queue.add(i, i * 1_000_000);
  queue.forget((item) => item % 2 === 0);
  expect(queue.due(200_000_000)).toEqual(Array.from({ length: 50 }, (_, i) => 2 * i + 1));
});
