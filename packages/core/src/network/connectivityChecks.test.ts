import { expect, test } from "vitest";
import { ascii, type FrameBytes, observe, u16, u32 } from "./bytes.fixture.ts";
import type { ConnectivityChecks, NetworkEvent } from "./packet.ts";
import { attribute, back, check, refusal, stun, success, there } from "./stun.fixture.ts";

const areChecks = (event: NetworkEvent): event is ConnectivityChecks => event.kind === "connectivity-checks";

const told = (frames: readonly FrameBytes[]): ConnectivityChecks[] => observe(frames).events.filter(areChecks);

/** What is known at the end of each way. */
function checksIn(frames: readonly FrameBytes[]): ConnectivityChecks[] {
  const latest = new Map<string, ConnectivityChecks>();
  for (const checks of told(frames))
    latest.set(`${checks.source.text} ${checks.username} ${checks.firstMicros}`, checks);
  return [...latest.values()];
}

test("checks are counted by their user name and sides, with their answers", () => {
  const frames = [there(0, check(1)), back(10, success(1)), there(500, check(2)), there(1000, check(3))];
  expect(checksIn(frames)).toMatchObject([
    {
      username: "bbbb:aaaa",
      source: { text: "10.9.0.10:4000" },
      destination: { text: "10.9.0.20:5000" },
      checks: 3,
      successes: 1,
      firstSuccessMicros: 10_000,
      lastSuccessMicros: 10_000,
      unanswered: 2,
      timeMicros: 1_000_000,
      frame: 4,
    },
  ]);
});

test("each side has checks of its own, and each user name", () => {
  const frames = [
    there(0, check(1)),
    back(5, check(2, "aaaa:bbbb")),
    there(10, success(2)),
    there(20, check(3, "cc:aaaa")),
  ];
  expect(checksIn(frames).map(({ username, successes }) => [username, successes])).toEqual([
    ["bbbb:aaaa", 0],
    ["aaaa:bbbb", 1],
    ["cc:aaaa", 0],
  ]);
});

test("a check that is sent again counts, and one that two taps saw does not", () => {
  expect(checksIn([there(0, check(1)), there(0.04, check(1)), there(500, check(1))])).toMatchObject([{ checks: 2 }]);
});

test("an error is no success, and its code is told", () => {
  expect(
    checksIn([there(0, check(1)), there(1, check(2)), back(2, refusal(1, 487)), back(3, refusal(2, 401))]),
  ).toMatchObject([{ successes: 0, unanswered: 2, errors: 2, errorCode: 401 }]);
});

test("an answer to something else answers no check, nor does one that was seen before", () => {
  const frames = [there(0, check(1)), there(1, stun(0x0001, 2)), back(2, success(2))];
  expect(checksIn(frames)).toMatchObject([{ successes: 0 }]);
  expect(checksIn([...frames, back(3, success(1)), back(3.1, success(1))])).toMatchObject([{ successes: 1 }]);
});

test("an answer from elsewhere answers no check", () => {
  expect(checksIn([there(0, check(1)), back(1, success(1), [4000, 5002])])).toMatchObject([{ successes: 0 }]);
});

test("requests without a user name are no checks, nor is a name that was cut", () => {
  const cut = check(1).slice(0, -4);
  expect(told([there(0, stun(0x0001, 1)), back(1, success(1)), there(2, cut)])).toEqual([]);
});

test("checks that a TURN server relays are those of its client", () => {
  const peer = attribute(0x0012, [0, 1, 0, 0, 0, 0, 0, 0]);
  const send = stun(0x0016, 9, peer, attribute(0x0013, check(1)));
  const data = stun(0x0017, 9, peer, attribute(0x0013, success(1)));
  expect(checksIn([there(0, send, [4000, 3478]), back(1, data, [4000, 3478])])).toMatchObject([
    { source: { text: "10.9.0.10:4000" }, destination: { text: "10.9.0.20:3478" }, checks: 1, successes: 1 },
  ]);
});

test("so are those on a channel, and RTP there is a stream", () => {
  const channel = (payload: number[]): number[] => [...u16(0x4001, payload.length), ...payload];
  const rtp = [0x80, 111, ...u16(7), ...u32(160, 0xabcd), 1, 2, 3];
  const { events } = observe([
    there(0, channel(check(1)), [4000, 3478]),
    back(1, channel(success(1)), [4000, 3478]),
    there(2, [...channel(rtp), 0], [4000, 3478]),
  ]);
  expect(events.findLast(areChecks)).toMatchObject({ checks: 1, successes: 1 });
  expect(events.find(({ kind }) => kind === "rtp-stream")).toMatchObject({
    ssrc: 0xabcd,
    payloadTypes: [111],
    packets: 1,
  });
});

test("what only begins like a channel is none", () => {
  const text = ascii("GET / and more of that, so that it is long enough for RTP");
  expect(observe([there(0, text)]).events).toEqual([]);
});

test("that checks have begun is told at once, that one was answered too, and that they go on while they do", () => {
  const frames = Array.from({ length: 121 }, (_, i) => there(i * 100, check(i + 1)));
  const all = told([...frames.slice(0, 50), back(4950, success(50)), ...frames.slice(50)]);
  expect(all[0]).toMatchObject({ checks: 1, timeMicros: 0 });
  expect(all.find(({ successes }) => successes === 1)).toMatchObject({ checks: 50 });
  expect(all.length).toBeLessThan(7);
  expect(all.at(-1)).toMatchObject({ checks: 121, unanswered: 71 });
});

test("of more ways than are kept apart none is lost", () => {
  const frames = Array.from({ length: 17_000 }, (_, i) => there(i / 10, check(i + 1, `b:${i}`), [i >> 1, 5000]));
  expect(checksIn(frames)).toHaveLength(17_000);
});

test("nor of more user names between the same two", () => {
  const frames = Array.from({ length: 100 }, (_, i) => there(i, check(i + 1, `b:${i}`)));
  expect(checksIn([...frames, there(200, check(200, "b:99"))]).map(({ checks }) => checks)).toEqual([
    ...Array.from({ length: 99 }, () => 1),
    2,
  ]);
});
