import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALICE, ascii, ethernet, type FrameBytes, ipv4, observe, PROXY, sip, u16, u32, udp } from "./bytes.fixture.ts";
import { networkLimits } from "./limits.ts";

const INVITE = sip("INVITE sip:b@example.test SIP/2.0", "v=0\r\n".repeat(40));
const OK = sip("SIP/2.0 200 OK");
const BYE = sip("BYE sip:b@example.test SIP/2.0");
const FIRST = 2;
const LAST = 1;
const UNORDERED = 4;

function data(tsn: number, text: string, flags = FIRST | LAST): number[] {
  return dataOf(ascii(text), tsn, flags);
}

function dataOf(payload: number[], tsn = 1, flags = FIRST | LAST): number[] {
  const padding = Array.from({ length: -payload.length & 3 }, () => 0);
  return [0, flags, ...u16(16 + payload.length), ...u32(tsn >>> 0), ...u16(1, 0), ...u32(0), ...payload, ...padding];
}

const SACK = [3, 0, ...u16(16), ...u32(1, 65_535), ...u16(0, 0)];

function packet(chunks: number[], tag = 0xcafe): number[] {
  return [...u16(40_000, 5060), ...u32(tag, 0), ...chunks];
}

function overIp(
  chunks: number[],
  options: { tag?: number; id?: number; source?: number[]; timeMicros?: number } = {},
): FrameBytes {
  const { tag, id = 0, source, timeMicros } = options;
  return { bytes: ethernet(ipv4(packet(chunks, tag), { protocol: 132, id, source })), timeMicros };
}

/** A message in chunks of `size` bytes. */
function pieces(tsn: number, text: string, size: number): number[][] {
  const count = Math.ceil(text.length / size);
  return Array.from({ length: count }, (_, i) => {
    const flags = (i === 0 ? FIRST : 0) | (i === count - 1 ? LAST : 0);
    return data(tsn + i, text.slice(i * size, (i + 1) * size), flags);
  });
}

/** An INIT, or its answer, with the tag that it asks for. */
function init(tag: number, type = 1): number[] {
  return [type, 0, ...u16(20), ...u32(tag, 65_535), ...u16(1, 1), ...u32(1)];
}

function abort(flags = 0): number[] {
  return [6, flags, ...u16(4)];
}

const SHUTDOWN = [7, 0, ...u16(8), ...u32(1)];

/** From the server; `tag` is the one that the client asked for. */
function fromServer(chunks: number[], timeMicros = 0, tag = 0xbeef): FrameBytes {
  const bytes = [...u16(5060, 40_000), ...u32(tag, 0), ...chunks];
  return { bytes: ethernet(ipv4(bytes, { protocol: 132, source: PROXY, destination: ALICE })), timeMicros };
}

/** An association whose client has the tag 0xbeef, and its server 0xcafe. */
const SET_UP = [overIp(init(0xbeef), { tag: 0 }), fromServer(init(0xcafe, 2))];
const SERVER = { source: { text: "10.9.0.20:5060" }, destination: { text: "10.9.0.10:40000" } };
const CLIENT = { source: SERVER.destination, destination: SERVER.source };

describe("an SCTP association", () => {
  test("that is refused is told", () => {
    const { events } = observe([overIp(init(0xbeef), { tag: 0 }), fromServer(abort()), fromServer(abort())]);
    expect(events).toMatchObject([{ kind: "connection-reset", transport: "sctp", refused: true, frame: 2, ...SERVER }]);
    expect(events).toHaveLength(1);
  });

  test("that is ended by an ABORT after SIP is told, whichever of the two tags it carries", () => {
    const invite = overIp(data(1, INVITE));
    const ended = { kind: "connection-reset", refused: false, frame: 4, ...SERVER };
    expect(observe([...SET_UP, invite, fromServer(abort())]).events).toMatchObject([ended]);
    expect(observe([...SET_UP, invite, fromServer(abort(1), 0, 0xcafe)]).events).toMatchObject([ended]);
    expect(observe([...SET_UP, fromServer(abort())]).events).toEqual([]);
  });

  test("whose INIT cannot be delivered is not opened, and not told as unanswered", () => {
    const at = (seconds: number): FrameBytes => overIp(init(0xbeef), { tag: 0, timeMicros: seconds * 1e6 });
    const quote = at(0).bytes.slice(14);
    const icmp = { bytes: ethernet(ipv4([3, 2, 0, 0, 0, 0, 0, 0, ...quote], { protocol: 1, destination: ALICE })) };
    const { events } = observe([at(0), icmp, at(3), icmp, at(9)]);
    const undelivered = { kind: "icmp-unreachable", reason: "protocol", opens: "sctp" };
    expect(events).toMatchObject([undelivered, undelivered]);
  });

  test("whose INIT is sent again and again is told once", () => {
    const at = (seconds: number): FrameBytes => overIp(init(0xbeef), { tag: 0, timeMicros: seconds * 1e6 });
    const unanswered = { kind: "connection-unanswered", transport: "sctp", frame: 3, ...CLIENT };
    expect(observe([at(0), at(3), at(9), at(21)]).events).toMatchObject([unanswered]);
    expect(observe([at(0), at(3), at(9), fromServer(init(0xcafe, 2), 10e6)]).events).toMatchObject([
      unanswered,
      { kind: "connection-opened", ...CLIENT },
    ]);
    expect(observe([at(0), at(0), at(3), at(3)]).events).toEqual([]);
    expect(observe([at(0), at(3), fromServer(init(0xcafe, 2), 4e6), at(9)]).events).toEqual([]);
  });

  test("that a side shuts down is told once, and whether that side had ever said anything", () => {
    const invite = overIp(data(1, INVITE));
    const closed = { kind: "connection-closed", by: "sctp-shutdown", ...SERVER };
    const { events } = observe([...SET_UP, invite, fromServer(SHUTDOWN), overIp(SHUTDOWN)]);
    expect(events).toMatchObject([{ ...closed, saidNothing: true }]);
    expect(observe([...SET_UP, invite, fromServer(data(1, OK)), fromServer(SHUTDOWN)]).events).toMatchObject([
      { ...closed, saidNothing: false },
    ]);
    expect(observe([...SET_UP, fromServer(SHUTDOWN)]).events).toEqual([]);
  });

  test("on which nothing is acknowledged is told when it was sent the fourth time", () => {
    const at = (seconds: number): FrameBytes =>
      overIp([...data(1, INVITE), ...data(2, BYE)], { timeMicros: seconds * 1e6 });
    const { events } = observe([at(0), at(1), at(3), at(7), at(15)]);
    const again = { kind: "connection-unacknowledged", transport: "sctp", bytes: INVITE.length, ...CLIENT };
    expect(events).toMatchObject([
      { ...again, times: 3, afterMicros: 7e6 },
      { ...again, times: 4, afterMicros: 15e6 },
    ]);
    expect(observe([at(0), at(0), at(1), at(1), at(3), at(3)]).events).toEqual([]);
  });
});

describe("SIP over SCTP", () => {
  test("is one message a chunk, also of several chunks in one packet, and not copied", () => {
    const { texts, packets } = observe([overIp([...SACK, ...data(1, INVITE), ...data(2, BYE, 7)])]);
    expect(texts).toEqual([INVITE, BYE]);
    expect(packets[0]).toMatchObject({
      transport: "sctp",
      frame: 1,
      source: { text: "10.9.0.10:40000" },
      destination: { text: "10.9.0.20:5060" },
      cut: false,
    });
    expect(packets[0].bytes.buffer).toBe(packets[1].bytes.buffer);
  });

  test("is between the addresses with which the association was set up, whatever others its sides send from and to", () => {
    const [other, third] = [
      [10, 9, 1, 10],
      [10, 9, 1, 20],
    ];
    const initAck = [2, 0, ...u16(20), ...u32(0xcafe, 65_535), ...u16(1, 1), ...u32(1)];
    const back = [...u16(5060, 40_000), ...u32(0xbeef, 0)];
    const overPath = (bytes: number[], source: number[], destination: number[]): FrameBytes => ({
      bytes: ethernet(ipv4(bytes, { protocol: 132, source, destination })),
    });
    const answer = overPath([...back, ...initAck], [10, 9, 0, 20], [10, 9, 0, 10]);
    const frames = [overPath(packet(data(1, INVITE)), other, third), overPath([...back, ...data(1, OK)], third, other)];
    const sidesOf = (all: FrameBytes[]): string[] =>
      observe(all).packets.map(({ source, destination }) => `${source.text} > ${destination.text}`);
    expect(sidesOf([answer, ...frames])).toEqual([
      "10.9.0.10:40000 > 10.9.0.20:5060",
      "10.9.0.20:5060 > 10.9.0.10:40000",
    ]);
    expect(sidesOf(frames)[0]).toBe("10.9.1.10:40000 > 10.9.1.20:5060");
  });

  test("that is encrypted is told once for an association, on ports for SIP", () => {
    const tls = String.fromCharCode(22, 3, 3, 0, 4, 1, 0, 0, 0);
    const dtls = String.fromCharCode(22, 0xfe, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0);
    const { incidents, texts } = observe([overIp(data(1, tls)), overIp(data(2, tls)), overIp(data(3, OK))]);
    expect(incidents).toMatchObject([{ kind: "encrypted", count: 1, frame: 1, values: { reason: "over-sctp" } }]);
    expect(texts).toEqual([OK]);
    const other = [...u16(40_000, 3868), ...packet(data(1, tls)).slice(4)];
    expect(observe([{ bytes: ethernet(ipv4(other, { protocol: 132 })) }]).incidents).toEqual([]);
    const bytes = ethernet(
      ipv4(packet(dataOf([...dtls].map((character) => character.charCodeAt(0)))), { protocol: 132 }),
    );
    expect(observe([{ bytes }]).incidents).toMatchObject([{ values: { reason: "over-sctp" } }]);
  });

  test("over UDP is the same", () => {
    const frame = { bytes: ethernet(ipv4(udp(packet(data(1, OK)), 40_123, 9899))) };
    const back = { bytes: ethernet(ipv4(udp(packet(data(1, OK), 7), 9899, 40_123))) };
    const { packets } = observe([frame, back]);
    expect(packets.map(({ source }) => source.port)).toEqual([40_000, 40_000]);
  });

  test("is put together from chunks in any order, some of them twice, also where the numbers wrap around", () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], { minLength: 10 });
    const first = fc.constantFrom(1, 0xffffffff, 0xfffffffd, 0x7ffffffe);
    fc.assert(
      fc.property(order, first, (indexes, tsn) => {
        const chunks = [...pieces(tsn, INVITE, 100), data(tsn + 4, OK, FIRST | LAST | UNORDERED)];
        const { texts, incidents } = observe(indexes.map((index) => overIp(chunks[index])));
        expect(texts.toSorted()).toEqual([INVITE, OK]);
        expect(incidents).toEqual([]);
      }),
    );
  });

  test("is complete in the frame with the chunk that was missing", () => {
    const chunks = pieces(1, INVITE, 100);
    const { packets } = observe([0, 3, 1, 2].map((index) => overIp(chunks[index])));
    expect(packets.map(({ frame }) => frame)).toEqual([4]);
  });

  test("sent again to another address of the same side is not another message", () => {
    const again = overIp(data(7, OK), { source: [10, 9, 0, 11] });
    expect(observe([overIp(data(7, OK)), again]).texts).toEqual([OK]);
  });

  test("captured twice is counted, sent twice is not", () => {
    const twice = (id: number): FrameBytes[] => [
      overIp(data(1, OK), { id: 5, timeMicros: 10 }),
      overIp(data(1, OK), { id, timeMicros: 20 }),
    ];
    expect(observe(twice(5)).incidents).toMatchObject([{ kind: "packets-duplicated", frame: 2 }]);
    expect(observe(twice(6)).incidents).toEqual([]);
  });

  test("of two associations is told apart", () => {
    expect(observe([overIp(data(1, OK)), overIp(data(1, BYE), { tag: 2 })]).texts).toEqual([OK, BYE]);
  });

  test("whose rest never comes is emitted as cut after some seconds, and at the end", () => {
    const [begun, ...rest] = pieces(1, INVITE, 100);
    const other = overIp(data(99, OK), { timeMicros: 20_000_000 });
    const { packets, texts, incidents } = observe([overIp(begun), overIp(rest[1]), other]);
    expect(texts).toEqual([INVITE.slice(0, 100), OK]);
    expect(packets.map(({ cut }) => cut)).toEqual([true, false]);
    expect(incidents).toMatchObject([{ kind: "fragments-missing", frame: 1 }]);
    expect(observe([overIp(begun)]).packets).toMatchObject([{ cut: true }]);
  });

  test("that the snap length cut is cut", () => {
    const { bytes } = overIp(data(1, INVITE));
    expect(observe([{ bytes: bytes.slice(0, 150), originalLength: bytes.length }]).packets).toMatchObject([
      { cut: true },
    ]);
  });

  test("that does not end is not kept beyond the limit", () => {
    const many = Array.from({ length: 1100 }, (_, i) =>
      overIp(data(i, "INVITE sip:b SIP/2.0\r\n", i === 0 ? FIRST : 0)),
    );
    expect(observe(many).incidents).toContainEqual(
      expect.objectContaining({ kind: "limit-reached", values: { limit: "sctp-pending-chunks" } }),
    );
    const limit = networkLimits["sctp-pending-messages"];
    const flows = Array.from({ length: limit + 5 }, (_, tag) =>
      overIp(data(1, "INVITE sip:b SIP/2.0\r\n", FIRST), { tag }),
    );
    expect(observe(flows).incidents).toContainEqual(
      expect.objectContaining({ kind: "limit-reached", count: 5, values: { limit: "sctp-pending-messages" } }),
    );
  });

  test("with chunks of any bytes never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(400), (noise, cut) => {
        const bytes = [...data(1, OK), ...noise, ...data(2, BYE, FIRST), ...noise];
        const { packets } = observe([overIp(bytes), { bytes: overIp(bytes).bytes.slice(0, cut) }]);
        for (const { start, end, bytes: buffer } of packets) expect(start <= end && end <= buffer.length).toBe(true);
      }),
    );
  });
});
