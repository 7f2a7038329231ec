import { expect, test } from "vitest";
import { TraceClock } from "./traceClock.ts";
import { timestampAt } from "./timestamp.ts";

test.for([
  ["2026-11-22 07:04:06.383193", "2026-11-22T07:04:06.383"],
  ["2026/11/22 07:04:06.383193 10.9.0.10:5060", "2026-11-22T07:04:06.383"],
  ["2026-11-22T08:04:06,383+01:00 x", "2026-11-22T07:04:06.383"],
  ["2026-11-22T07:04:06Z", "2026-11-22T07:04:06.000"],
  ["22/11/2026 07:04:06.383", "2026-11-22T07:04:06.383"],
  ["Nov 22 2026 07:04:06.383:", "2026-11-22T07:04:06.383"],
  ["Nov 22, 2026 07:04:06", undefined],
  ["Nov 22, 2026 @ 07:04:06.383", "2026-11-22T07:04:06.383"],
  ["Nov  2 07:04:06.5 host", "1972-11-02T07:04:06.500"],
  ["07:04:06.383193:", "1970-01-01T07:04:06.383"],
  ["1795331046.383193", "2026-11-22T07:04:06.383"],
  ["11/06/2026|07:04:06.383", "2026-11-06T07:04:06.383"],
  ["11/06/2026-07:04:06.383.0012ab34", "2026-11-06T07:04:06.383"],
  ["11-22 07:04:06.383", "1972-11-22T07:04:06.383"],
  ["1122070406.383|sip", "1972-11-22T07:04:06.383"],
  ["1122070406|sip", "1972-11-22T07:04:06.000"],
  ["13-22 07:04:06.383", undefined],
  ["24:00:00", undefined],
  ["2026-13-22 07:04:06", undefined],
  ["10.9.0.10:5060", undefined],
  ["", undefined],
])("%s is read as %s", ([line, expected]) => {
  const time = timestampAt(line!, 0);
  const micros = time && new TraceClock().read(time);
  expect(micros && new Date(micros / 1000).toISOString().slice(0, 23)).toBe(expected);
});

test.for([
  ["2026-11-22T07:04:06Z", []],
  ["1795331046.383193", []],
  ["2026-11-22 07:04:06", ["zone"]],
  ["Nov 22 07:04:06", ["year", "zone"]],
  ["07:04:06", ["day", "zone"]],
] as const)("%s lacks %s, once a message has it", ([line, lacks]) => {
  const clock = new TraceClock();
  clock.read(timestampAt(line, 0)!);
  expect([...clock.lacks]).toEqual([]);
  clock.take();
  expect([...clock.lacks]).toEqual(lacks);
});

test("a time without a day is of the latest day that the log named, and midnight passes", () => {
  const clock = new TraceClock();
  const read = (line: string): string => new Date(clock.read(timestampAt(line, 0)!) / 1000).toISOString().slice(0, 19);
  expect(read("2026-11-22 23:59:58")).toBe("2026-11-22T23:59:58");
  expect(read("23:59:59.5")).toBe("2026-11-22T23:59:59");
  expect(read("00:00:01")).toBe("2026-11-23T00:00:01");
});

test("the first day that is named moves the times before it, or, where they are in use, they go on", () => {
  const moved: number[] = [];
  for (const canMove of [true, false]) {
    const clock = new TraceClock((micros) => canMove && moved.push(micros) > 0);
    const read = (line: string): string =>
      new Date(clock.read(timestampAt(line, 0)!) / 1000).toISOString().slice(0, 19);
    read("23:59:58");
    clock.take();
    expect(read("2026-11-23 00:00:01")).toBe(canMove ? "2026-11-23T00:00:01" : "1970-01-02T00:00:01");
    expect(read("00:00:02")).toBe(canMove ? "2026-11-23T00:00:02" : "1970-01-02T00:00:02");
    clock.take();
    expect(clock.lacks.has("day")).toBe(!canMove);
  }
  expect(moved.map((micros) => new Date(micros / 1000).toISOString().slice(0, 10))).toEqual(["2026-11-22"]);
});
