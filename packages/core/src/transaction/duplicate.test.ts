import { describe, expect, test } from "vitest";
import { traffic } from "../diagnosis/traffic.fixture.ts";
import type { Packet } from "../network/packet.ts";
import { isSecondSight } from "./duplicate.ts";

const [PACKET] = traffic("10.0.0.1:5060 > 10.0.0.2:5060 at 0\nOPTIONS sip:10.0.0.2 SIP/2.0");

function seenAgain(change: Partial<Packet>, first: Packet = PACKET): boolean {
  return isSecondSight({ ...first, ...change }, first);
}

describe("a packet is the second sight of another", () => {
  test("with the same IP identification, though the clocks of two taps differ", () => {
    expect(seenAgain({ timeMicros: PACKET.timeMicros + 1_900_000 })).toBe(true);
    expect(seenAgain({ timeMicros: PACKET.timeMicros - 1_900_000 })).toBe(true);
    expect(seenAgain({ timeMicros: PACKET.timeMicros + 2_100_000 })).toBe(false);
  });

  test("without one only within an instant: a retransmission comes T1 later", () => {
    const unidentified = { ...PACKET, ipId: -1 };
    expect(seenAgain({ timeMicros: PACKET.timeMicros + 40_000 }, unidentified)).toBe(true);
    expect(seenAgain({ timeMicros: PACKET.timeMicros + 500_000 }, unidentified)).toBe(false);
  });

  test("not with another IP identification, another side, or another byte", () => {
    const bytes = PACKET.bytes.slice();
    bytes[bytes.length - 1] ^= 1;
    expect(seenAgain({})).toBe(true);
    // However close: a server answers each retransmission, and its own timer may run out beside.
    expect(seenAgain({ ipId: PACKET.ipId + 1, timeMicros: PACKET.timeMicros + 300 })).toBe(false);
    expect(seenAgain({ destination: PACKET.source })).toBe(false);
    expect(seenAgain({ bytes })).toBe(false);
  });
});

describe("a source that gives all packets one IP identification", () => {
  test("repeats a message T1 later, and two taps see it sooner", () => {
    const again = (micros: number): Packet => ({ ...PACKET, timeMicros: PACKET.timeMicros + micros });
    expect(isSecondSight(again(500_000), PACKET, () => false)).toBe(false);
    expect(isSecondSight(again(100_000), PACKET, () => false)).toBe(true);
  });
});

describe("what capture agents report", () => {
  const reported = (address: string, timeMicros: number): Packet => ({
    ...PACKET,
    ipId: -1,
    timeMicros,
    captureAgent: { id: 2001, address },
  });

  test("is one message from two of them, though their clocks differ by a part of a second", () => {
    expect(isSecondSight(reported("10.9.0.21", 300_000), reported("10.9.0.20", 0))).toBe(true);
  });

  test("is another message from the same one so much later, and from another one after T1", () => {
    expect(isSecondSight(reported("10.9.0.20", 300_000), reported("10.9.0.20", 0))).toBe(false);
    expect(isSecondSight(reported("10.9.0.21", 500_000), reported("10.9.0.20", 0))).toBe(false);
  });
});
