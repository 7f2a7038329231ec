import { expect, test } from "vitest";
import { Pings } from "./pings.ts";
import { leg } from "./traffic.fixture.ts";

const ping = (target: string, at: number, answered: boolean): string => `
10.0.0.2:5060 > ${target}:5060 at ${at}
OPTIONS sip:${target} SIP/2.0
Call-ID: ${target} ${at}
repeat at ${at + 0.5}
${answered ? `\n${target}:5060 > 10.0.0.2:5060 at ${at + 0.6}\nSIP/2.0 200 OK\nCall-ID: ${target} ${at}\n` : ""}`;

/** Which are told to be silent so many seconds after the first ping. */
function silentAfter(seconds: number, ...texts: readonly string[]): readonly string[] {
  const pings = new Pings();
  const legs = texts.map(leg);
  for (const each of legs) pings.learn(each);
  const { client, first } = legs[0].roots[0];
  return pings.silentTargetsOf(client, first.packet.timeMicros + seconds * 1e6);
}

test("targets are told where none of them answers", () => {
  expect(silentAfter(60, ping("10.0.0.3", 0, false), ping("10.0.0.4", 0, false))).toEqual([
    "10.0.0.3:5060",
    "10.0.0.4:5060",
  ]);
});

test("one that answers is a target that is left", () => {
  expect(silentAfter(60, ping("10.0.0.3", 0, false), ping("10.0.0.4", 0, true))).toEqual([]);
});

test("the latest ping counts, in whatever order they are judged", () => {
  const [silent, answered] = [ping("10.0.0.3", 0, false), ping("10.0.0.3", 20, true)];
  expect(silentAfter(60, answered, silent)).toEqual([]);
  expect(silentAfter(60, ping("10.0.0.3", 0, true), ping("10.0.0.3", 20, false))).toEqual(["10.0.0.3:5060"]);
});

test("a ping that may still be answered tells nothing", () => {
  expect(silentAfter(31, ping("10.0.0.3", 0, false))).toEqual([]);
  expect(silentAfter(33, ping("10.0.0.3", 0, false), ping("10.0.0.3", 20, false))).toEqual(["10.0.0.3:5060"]);
});
