import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ALICE_V6, ascii, ethernet, ipv4, ipv6, observe, sip, u16, u32, udp } from "./bytes.fixture.ts";
import { networkLimits } from "./limits.ts";

const INVITE = sip("INVITE sip:b@example.test SIP/2.0", "x".repeat(300));
const payload = udp(ascii(INVITE));

/** The payload in pieces that begin at `cuts` (multiples of eight). */
function pieces(cuts: readonly number[], id = 9): { bytes: number[] }[] {
  return cuts.map((at, i) => {
    const end = cuts[i + 1] ?? payload.length;
    return { bytes: ethernet(ipv4(payload.slice(at, end), { id, fragmentAt: at, more: end < payload.length })) };
  });
}

test("fragments in any order, some of them twice, give the datagram once", () => {
  const order = fc.shuffledSubarray([0, 1, 2, 3, 0, 1, 2, 3], { minLength: 8 });
  fc.assert(
    fc.property(order, (indexes) => {
      const fragments = pieces([0, 104, 200, 304]);
      const { texts, packets, incidents } = observe(indexes.map((index) => fragments[index]));
      expect(texts).toEqual([INVITE]);
      expect(packets[0]).toMatchObject({ fragments: 4, ipId: 9, cut: false });
      expect(incidents.filter((incident) => incident.kind === "fragments-missing")).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test("the packet is of the frame that made it complete", () => {
  const [a, b, c] = pieces([0, 104, 200]);
  expect(observe([a, c, b]).packets).toMatchObject([{ frame: 3 }]);
});

test("IPv6 fragments are put together", () => {
  const part = (from: number, to: number): { bytes: number[] } => ({
    bytes: ethernet(
      ipv6([17, 0, ...u16(from | (to < payload.length ? 1 : 0)), ...u32(77), ...payload.slice(from, to)], 44),
      0x86dd,
    ),
  });
  const { texts, packets } = observe([part(0, 200), part(200, payload.length)]);
  expect(texts).toEqual([INVITE]);
  expect(packets[0]).toMatchObject({ fragments: 2, source: { text: "[fd00:9::10]:5060" } });
  expect(ALICE_V6).toHaveLength(16);
});

test("a datagram that stays incomplete is counted, and its beginning is a cut message", () => {
  const { texts, packets, incidents } = observe(pieces([0, 200]).slice(0, 1));
  expect(incidents).toMatchObject([{ kind: "fragments-missing", count: 1, frame: 1 }]);
  expect(packets).toMatchObject([{ cut: true, frame: 1, fragments: 2 }]);
  expect(texts).toEqual([INVITE.slice(0, 192)]);
});

test("where each fragment came and the capture has cut one, none is missing", () => {
  const [first, last] = pieces([0, 200]);
  const cut = { bytes: first.bytes.slice(0, -50), originalLength: first.bytes.length };
  const { texts, packets, incidents } = observe([cut, last]);
  expect(incidents).toEqual([]);
  expect(packets).toMatchObject([{ cut: true, frame: 1, fragments: 2 }]);
  expect(texts).toEqual([INVITE.slice(0, 142)]);
});

test("an incomplete datagram is given up after a while, and the same identification begins another", () => {
  const [first] = pieces([0, 200]);
  const again = pieces([0, 200]).map((frame, i) => ({ ...frame, timeMicros: 60_000_000 + i }));
  const { packets } = observe([{ ...first, timeMicros: 0 }, ...again]);
  expect(packets.map(({ frame, cut }) => [frame, cut])).toEqual([
    [1, true],
    [3, false],
  ]);
});

test("overlapping fragments do not change what came first", () => {
  const evil = { bytes: ethernet(ipv4(ascii("X".repeat(64)), { id: 9, fragmentAt: 96, more: true })) };
  const [a, b] = pieces([0, 200]);
  expect(observe([a, evil, b]).texts).toEqual([INVITE]);
});

test("more than 65535 bytes are no datagram", () => {
  const beyond = { bytes: ethernet(ipv4(payload.slice(0, 64), { fragmentAt: 65_528, more: false })) };
  expect(observe([beyond])).toMatchObject({ packets: [], incidents: [] });
});

test("datagrams waiting for fragments are limited", () => {
  const count = networkLimits["pending-datagrams"] + 50;
  const frames = Array.from({ length: count }, (_, id) => ({ ...pieces([0, 200], id)[1], timeMicros: 1 }));
  const { incidents } = observe(frames);
  expect(incidents).toMatchObject([
    { kind: "limit-reached", count: 50, values: { limit: "pending-datagrams" } },
    { kind: "fragments-missing", count },
  ]);
});
