import { expect, test } from "vitest";
import type { SipMessage } from "../message/message.ts";
import { millisBetween, secondsBetween } from "./elapsed.ts";

const at = (timeMicros: number, untimed?: boolean) => ({ packet: { timeMicros, untimed } }) as unknown as SipMessage;

test("how long something took is not known where the clock was set back meanwhile, or where there was none", () => {
  expect([millisBetween(at(1_000_000), at(2_500_000)), secondsBetween(at(1_000_000), at(2_500_000))]).toEqual([
    1500, 1.5,
  ]);
  expect([millisBetween(at(86_400_000_000), at(0)), secondsBetween(at(86_400_000_000), at(0))]).toEqual([NaN, NaN]);
  expect(millisBetween(at(0, true), at(5_000_000, true))).toBeNaN();
});

test("what two captures saw a little out of order took next to no time", () => {
  expect(millisBetween(at(1_000_000), at(998_000))).toBe(-2);
});
