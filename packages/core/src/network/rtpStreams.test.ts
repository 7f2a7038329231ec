import { expect, test } from "vitest";
import { ALICE, ALICE_V6, ethernet, ipv4, ipv6, observe, type FrameBytes, u16, u32, udp } from "./bytes.fixture.ts";
import type { NetworkEvent, RtpStream } from "./packet.ts";

interface Rtp {
  readonly at: number;
  readonly sequence?: number;
  readonly ssrc?: number;
  readonly port?: number;
  readonly payloadType?: number;
  readonly over?: (payload: number[]) => number[];
}

const overIpv4 = (payload: number[]): number[] => ethernet(ipv4(payload));
const overIpv6 = (payload: number[]): number[] => ethernet(ipv6(payload), 0x86dd);

/** Version 2, no padding, no extension. */
function rtp({ at, sequence = at, ssrc = 7, port = 4000, payloadType = 8, over = overIpv4 }: Rtp): FrameBytes {
  const header = [0x80, payloadType, ...u16(sequence & 0xffff), ...u32(at * 160, ssrc)];
  return { bytes: over(udp([...header, 1, 2, 3, 4], port, 5000)), timeMicros: at * 1000 };
}

const isStream = (event: NetworkEvent): event is RtpStream => event.kind === "rtp-stream";

/** What is known at the end of each stream. */
function streamsOf(frames: readonly FrameBytes[]): RtpStream[] {
  const latest = new Map<string, RtpStream>();
  for (const stream of observe(frames).events.filter(isStream)) {
    latest.set(`${stream.source.text} ${stream.ssrc} ${stream.firstMicros}`, stream);
  }
  return [...latest.values()];
}

const every = (millis: number, from: number, until: number): number[] =>
  Array.from({ length: Math.floor((until - from) / millis) + 1 }, (_, index) => from + index * millis);

test.each([
  ["IPv4", overIpv4, `${ALICE.join(".")}:4000`],
  ["IPv6", overIpv6, "[fd00:9::10]:4000"],
])("packets of one source over %s are one stream", (_, over, source) => {
  const times = every(20, 1000, 21_000);
  expect(ALICE_V6).toHaveLength(16);
  expect(streamsOf(times.map((at) => rtp({ at, over })))).toMatchObject([
    { source: { text: source }, packets: 1001, firstMicros: 1_000_000, timeMicros: 21_000_000, frame: 1001 },
  ]);
});

test("two sources, and two ports, are streams of their own", () => {
  const frames = every(20, 0, 1000).flatMap((at) => [rtp({ at }), rtp({ at, ssrc: 8 }), rtp({ at, port: 4002 })]);
  expect(streamsOf(frames).map(({ packets }) => packets)).toEqual([51, 51, 51]);
});

test("the payload types of a stream are told, each once, of an endless change of them eight", () => {
  const typed = (...types: number[]): FrameBytes[] =>
    types.map((payloadType, index) => rtp({ at: 20 * (index + 1), payloadType }));
  // The marker begins a talkspurt.
  expect(streamsOf(typed(8 | 0x80, 8, 8, 101, 101, 8))).toMatchObject([{ packets: 6, payloadTypes: [8, 101] }]);
  expect(streamsOf(typed(...Array(60).keys()))).toMatchObject([
    { packets: 60, payloadTypes: [0, 1, 2, 3, 4, 5, 6, 7] },
  ]);
});

test("after a long pause it is another stream, after a short one it is not", () => {
  const frames = [...every(20, 0, 1000), ...every(20, 4000, 5000), ...every(20, 12_000, 12_400)].map((at) =>
    rtp({ at }),
  );
  expect(streamsOf(frames)).toMatchObject([
    { packets: 102, timeMicros: 5_000_000 },
    { packets: 21, firstMicros: 12_000_000 },
  ]);
});

test("a packet that two taps saw is counted once", () => {
  const frames = every(20, 0, 1000).flatMap((at) => [rtp({ at }), rtp({ at })]);
  expect(streamsOf(frames)).toMatchObject([{ packets: 51 }]);
});

test("RTCP, and what is too short, is no stream", () => {
  const short = { bytes: overIpv4(udp([0x80, 8, 0, 1, 0, 0, 0, 0, 0], 4000, 5000)), timeMicros: 0 };
  expect(streamsOf([rtp({ at: 0, payloadType: 200 }), short])).toEqual([]);
});

test("that a stream has begun is told at once, and that it goes on while it does", () => {
  const told = observe(every(20, 0, 12_000).map((at) => rtp({ at }))).events.filter(isStream);
  expect(told[0]).toMatchObject({ packets: 1, timeMicros: 0 });
  expect(told.length).toBeGreaterThan(2);
  expect(told.length).toBeLessThan(6);
  expect(told.at(-1)).toMatchObject({ packets: 601, timeMicros: 12_000_000 });
});

test("of more streams than are kept apart none is lost", () => {
  const frames = every(1, 0, 70_000).map((at) => rtp({ at: 1, sequence: at, ssrc: at }));
  expect(streamsOf(frames)).toHaveLength(70_001);
});

/** One message of T.38 and what follows it against loss. */
const fax = (at: number, message: readonly number[], ...recovery: number[]): FrameBytes => ({
  bytes: overIpv4(udp([...u16(at / 30), ...message, ...recovery], 4000, 5000)),
  timeMicros: at * 1000,
});

test("packets of a fax are a stream of their own beside the RTP between the same ports", () => {
  const [short, long] = [
    [2, 0xc0, 1],
    [0x80, 0x81, ...Array<number>(129).fill(1)],
  ];
  const frames = [
    ...every(20, 20, 1000).map((at) => rtp({ at })),
    ...every(30, 1020, 1980).map((at) => fax(at, short, 0, 1, 1, 6)),
    ...every(30, 2010, 2970).map((at) => fax(at, long, 0x80, 1, 3, 0)),
  ];
  expect(streamsOf(frames)).toMatchObject([
    { protocol: "RTP", packets: 50 },
    { protocol: "UDPTL", packets: 66, payloadTypes: [], frame: 116 },
  ]);
});

test("what says another length, or nothing of loss, is no fax", () => {
  expect(streamsOf([fax(30, [9, 6], 0, 0), fax(60, [1, 6], 5, 0), fax(90, [0], 0, 0)])).toEqual([]);
});
