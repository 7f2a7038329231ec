import { expect, test } from "vitest";
import { endpointOf } from "../network/endpoint.ts";
import type { RtpStream } from "../network/packet.ts";
import { RtpSeen } from "./rtpSeen.ts";

const [here, there] = [endpointOf("10.0.0.1", 4000), endpointOf("10.0.0.2", 5000)];

/** Of 50 packets a second; times are seconds. */
function stream(first: number, last: number, more: Partial<RtpStream> = {}): RtpStream {
  return {
    kind: "rtp-stream",
    protocol: "RTP",
    capture: 0,
    frame: 1,
    firstMicros: first * 1e6,
    timeMicros: last * 1e6,
    packets: (last - first) * 50 + 1,
    ssrc: 1,
    payloadTypes: [8],
    source: here,
    destination: there,
    ...more,
  };
}

test("what is known of a stream later stands for what was known before", () => {
  const seen = new RtpSeen();
  seen.push(stream(0, 5));
  seen.push(stream(0, 10));
  expect(seen.to(there, 0, 60e6)).toMatchObject([{ packets: 501 }]);
  expect(seen.from(here, 0, 60e6)).toHaveLength(1);
  expect(seen.to(here, 0, 60e6)).toEqual([]);
});

test("a stream is told where it had packets in the time that is asked for", () => {
  const seen = new RtpSeen();
  seen.push(stream(10, 20));
  expect(seen.to(there, 21e6, 30e6)).toEqual([]);
  expect(seen.to(there, 0, 9e6)).toEqual([]);
  expect(seen.to(there, 15e6, 16e6)).toHaveLength(1);
});

test("a stream that two captures saw is told once, as the one has it that saw more", () => {
  const seen = new RtpSeen();
  seen.push(stream(0, 10));
  seen.push(stream(0.000001, 10, { capture: 1 }));
  expect(seen.to(there, 0, 60e6)).toMatchObject([{ capture: 0 }]);
  seen.push(stream(0.000001, 12, { capture: 1 }));
  expect(seen.to(there, 0, 60e6)).toMatchObject([{ capture: 1 }]);
  seen.push(stream(20, 30));
  seen.push(stream(5, 30, { ssrc: 2 }));
  expect(seen.to(there, 0, 60e6)).toHaveLength(3);
});

test("a few packets are no audio", () => {
  const seen = new RtpSeen();
  seen.push(stream(0, 0.5));
  seen.push(stream(0, 100, { packets: 60, ssrc: 2 }));
  expect(seen.hasAudio).toBe(false);
  seen.push(stream(0, 2, { ssrc: 3 }));
  expect(seen.hasAudio).toBe(true);
});

test("of one endpoint the latest are kept, and it is known since when these are all", () => {
  const seen = new RtpSeen();
  for (let ssrc = 0; ssrc < 300; ssrc++) seen.push(stream(ssrc, ssrc + 1, { ssrc }));
  expect(seen.to(there, 0, 1e12).length).toBeLessThan(300);
  expect(seen.knowsAllOf(there, 10e6)).toBe(false);
  expect(seen.knowsAllOf(there, 290e6)).toBe(true);
  expect(seen.knowsAllOf(endpointOf("10.0.0.3", 4000), 0)).toBe(true);
  expect(seen.incident()).toBeUndefined();
});

test("where more was seen than is kept, it is told, and nothing is known of the time before", () => {
  const seen = new RtpSeen();
  for (let i = 0; i < 70_000; i++) {
    const source = endpointOf(`10.1.${i >> 10}.1`, 1024 + (i & 1023));
    seen.push(stream(i, i + 1, { source, destination: endpointOf(`10.2.${i >> 10}.1`, 1024 + (i & 1023)) }));
  }
  expect(seen.knowsAllOf(here, 10e6)).toBe(false);
  expect(seen.knowsAllOf(here, 69_000e6)).toBe(true);
  expect(seen.incident()).toMatchObject({ kind: "limit-reached", values: { limit: "rtp-streams" } });
  expect(seen.goes(endpointOf("10.1.0.1", 0), endpointOf("10.2.0.1", 0))).toBe(false);
});
