import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { offsetByTransactions } from "./offsetByTransactions.ts";
import type { Sighting } from "./sighting.ts";

const SECOND = 1_000_000;
const START = 1_795_331_204 * SECOND;

/** A request and what it was answered, as it passed a place: `[message, microseconds]`, by the clock of that place. */
function sights(
  capture: number,
  ahead: number,
  messages: readonly (readonly [string, number])[],
  branches: readonly string[] = ["z9hG4bKa"],
  refusedBranch: string = branches[0],
): Sighting[] {
  return messages.map(([message, micros]) => {
    const [transaction, answer] = message.split("/");
    const [statusCode, toTag = "x"] = (answer ?? "0").split(" ");
    const passing =
      answer === undefined
        ? { transaction, statusCode: 0, toTag, branches }
        : { transaction, statusCode: Number(statusCode), toTag, refusedBranch };
    const timeMicros = START + micros + ahead;
    return { capture, timeMicros, key: `${capture} ${message}`, source: "", destination: "", passing };
  });
}

/** One that comes from the client, and goes on to another place. */
const transaction = fc.record({
  begins: fc.nat(60 * SECOND),
  there: fc.integer({ min: 1, max: 200_000 }),
  answers: fc.array(fc.nat(20 * SECOND), { minLength: 1, maxLength: 3 }),
  back: fc.integer({ min: 1, max: 200_000 }),
  isTurned: fc.boolean(),
});

describe("the offset between clocks of places that a call passed changed", () => {
  test("is as near to the truth as is said, whichever place is nearer to the client", () => {
    fc.assert(
      fc.property(
        fc.array(transaction, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: -9e10, max: 9e10 }),
        (all, ahead) => {
          const [near, far]: [[string, number][], [string, number][]] = [[], []];
          for (const [index, { begins, there, answers, back, isTurned }] of all.entries()) {
            const [first, second] = isTurned ? [far, near] : [near, far];
            first.push([`${index}`, begins]);
            second.push([`${index}`, begins + there]);
            for (const [number, after] of answers.entries()) {
              second.push([`${index}/${180 + number}`, begins + there + after]);
              first.push([`${index}/${180 + number}`, begins + there + after + back]);
            }
          }
          const found = offsetByTransactions(sights(0, 0, near), sights(1, ahead, far), 0)!;
          expect(Math.abs(found.micros - ahead)).toBeLessThanOrEqual(found.marginMicros + 1);
          expect(found.micros === 0 || Math.abs(found.micros) >= found.marginMicros).toBe(true);
        },
      ),
    );
  });

  test("is not looked for without a request and an answer that passed both", () => {
    const near = sights(0, 0, [
      ["a", 0],
      ["b", 50],
      ["b/200 x", 90],
    ]);
    expect(
      offsetByTransactions(
        near,
        sights(1, SECOND, [
          ["a", 10],
          ["b/200 x", 80],
        ]),
        0,
      ),
    ).toBeUndefined();
    expect(
      offsetByTransactions(
        near,
        sights(1, SECOND, [
          ["b", 60],
          ["b/200 y", 80],
        ]),
        0,
      ),
    ).toBeUndefined();
  });

  test("is not claimed where two calls contradict each other", () => {
    const near = sights(0, 0, [
      ["a", 0],
      ["a/200 x", 90],
      ["b", 0],
      ["b/200 y", 90],
    ]);
    const far = [
      ...sights(1, 3 * SECOND, [
        ["a", 10],
        ["a/200 x", 80],
      ]),
      ...sights(1, 5 * SECOND, [
        ["b", 10],
        ["b/200 y", 80],
      ]),
    ];
    expect(offsetByTransactions(near, far, 0)).toBeUndefined();
  });

  test("goes by the first time that each was sent", () => {
    const near = sights(0, 0, [
      ["a", 0],
      ["a", 500_000],
      ["a/200 x", 700_000],
    ]);
    const far = sights(1, 9 * SECOND, [
      ["a", 1000],
      ["a/200 x", 699_000],
      ["a/200 x", 1_199_000],
    ]);
    expect(offsetByTransactions(near, far, 0)).toEqual({ micros: 9 * SECOND, messages: 2, marginMicros: 1000 });
  });

  test("is known to a second less where a log has whole seconds", () => {
    const near = sights(0, 0, [
      ["a", 0],
      ["a/200 x", 2000],
    ]);
    const far = sights(1, 9 * SECOND, [
      ["a", 0],
      ["a/200 x", 0],
    ]);
    expect(offsetByTransactions(near, far, 1.1 * SECOND)?.marginMicros).toBe(1_101_000);
  });

  describe("where no answer passed both", () => {
    const caller = sights(0, 0, [
      ["a", 0],
      ["a", 500_000],
      ["a/408 x", 4 * SECOND],
    ]);
    const callee = (ahead: number, branches: readonly string[]): Sighting[] =>
      sights(
        1,
        ahead,
        [
          ["a", 1000],
          ["a", 501_000],
          ["a", 1_501_000],
          ["a", 3_501_000],
        ],
        branches,
      );

    test("lies between the request and its refusal, by which all of it had been sent on", () => {
      for (const ahead of [3600 * SECOND, -3600 * SECOND]) {
        const found = offsetByTransactions(caller, callee(ahead, ["z9hG4bKb", "z9hG4bKa"]), 0)!;
        expect(Math.abs(found.micros - ahead)).toBeLessThanOrEqual(found.marginMicros);
        expect(found.marginMicros).toBeLessThan(SECOND / 2);
        const turned = offsetByTransactions(callee(ahead, ["z9hG4bKb", "z9hG4bKa"]), caller, 0)!;
        expect(turned).toEqual({ ...found, micros: -found.micros });
      }
    });

    test("is not claimed where Via does not show which request was made of the other", () => {
      expect(offsetByTransactions(caller, callee(3600 * SECOND, ["z9hG4bKb"]), 0)).toBeUndefined();
      expect(offsetByTransactions(caller, callee(3600 * SECOND, ["z9hG4bKa"]), 0)).toBeUndefined();
    });

    test("is not claimed from the refusal of one of its branches", () => {
      const redirected = sights(0, 0, [["a/302 x", 2 * SECOND]], ["z9hG4bKa"], "z9hG4bKc");
      const [before, refusal] = [caller.slice(0, 2), caller.slice(2)];
      const branches = ["z9hG4bKb", "z9hG4bKa"];
      expect(offsetByTransactions([...before, ...redirected], callee(0, branches), 0)).toBeUndefined();
      const all = [...before, ...redirected, ...refusal];
      expect(offsetByTransactions(all, callee(0, branches), 0)).toEqual(
        offsetByTransactions(caller, callee(0, branches), 0),
      );
    });

    test("is not claimed while nothing has refused it", () => {
      expect(
        offsetByTransactions(caller.slice(0, 2), callee(3600 * SECOND, ["z9hG4bKb", "z9hG4bKa"]), 0),
      ).toBeUndefined();
    });
  });
});
