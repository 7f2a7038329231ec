import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CaptureReader } from "../capture/captureReader.ts";
import { capturedBytes } from "../capture/frame.fixture.ts";
import type { Frame } from "../capture/frame.ts";
import { readHep } from "../capture/hep.ts";
import { ascii, ethernet, ipv4, ipv6, observe, PROXY, sip, tcp, textOf, u16, u32, udp } from "./bytes.fixture.ts";
import { NetworkDecoder } from "./networkDecoder.ts";
import type { Packet } from "./packet.ts";

const options = sip("OPTIONS sip:b@example.test SIP/2.0");
/** 1 s after the epoch, where the fixture's frames begin. */
const SECONDS = 1;

function chunk(type: number, value: number[], vendor = 0): number[] {
  return [...u16(vendor, type, 6 + value.length), ...value];
}

const source = chunk(3, [10, 9, 0, 1]);
const destination = chunk(4, [10, 9, 0, 2]);
const ports = [...chunk(7, u16(5062)), ...chunk(8, u16(5064))];
const time = [...chunk(9, u32(SECONDS)), ...chunk(10, u32(500))];
const payload = chunk(15, ascii(options));
const usual = [...chunk(1, [2]), ...chunk(2, [17]), ...source, ...destination, ...ports, ...time, ...chunk(11, [1])];

function hep3(chunks: number[]): number[] {
  return [...ascii("HEP3"), ...u16(6 + chunks.length), ...chunks];
}

function overUdp(hep: number[], from: number[] = PROXY): number[] {
  return ethernet(ipv4(udp(hep, 9060, 9060), { source: from, destination: [10, 9, 0, 40] }));
}

test("a message in HEPv3 has the addresses, the time and the transport that it had where it was seen", () => {
  const { packets, texts } = observe([{ bytes: overUdp(hep3([...usual, ...chunk(12, u32(2001)), ...payload])) }]);
  expect(texts).toEqual([options]);
  expect(packets[0]).toMatchObject({
    frame: 1,
    transport: "udp",
    timeMicros: 1_000_500,
    source: { text: "10.9.0.1:5062" },
    destination: { text: "10.9.0.2:5064" },
    ipId: -1,
    captureAgent: { id: 2001, address: "10.9.0.20" },
  });
});

test("chunks may come in any order, unknown and other vendors' ones among them", () => {
  const chunks = [payload, chunk(99, [1, 2, 3]), chunk(3, [9, 9, 9, 9], 7), time, ports, destination, source];
  const more = [...chunk(17, ascii("correlated")), ...chunk(19, ascii("edge-1")), ...chunk(2, [6])];
  const { packets, texts } = observe([{ bytes: overUdp(hep3([...chunks.flat(), ...more])) }]);
  expect(texts).toEqual([options]);
  expect(packets[0]).toMatchObject({ transport: "tcp", source: { text: "10.9.0.1:5062" } });
  expect(packets[0]).toMatchObject({ correlationId: "correlated", captureAgent: { name: "edge-1" } });
});

test("IPv6 addresses inside are read whatever the address family outside", () => {
  const address = (last: number): number[] => [0xfd, ...Array.from({ length: 14 }, () => 0), last];
  const chunks = [...chunk(5, address(1)), ...chunk(6, address(2)), ...ports, ...time, ...payload];
  const { packets } = observe([{ bytes: ethernet(ipv6(udp(hep3(chunks), 9060, 9060)), 0x86dd) }]);
  expect(packets[0].source.text).toBe("[fd00::1]:5062");
});

test("HEPv2 is read, its time in the little-endian order of the agents", () => {
  const little = (value: number): number[] => u32(value).toReversed();
  const header = [2, 28, 2, 17, ...u16(5062, 5064), 10, 9, 0, 1, 10, 9, 0, 2];
  const hep = [...header, ...little(SECONDS), ...little(700), 0xd1, 7, 0, 0, ...ascii(options)];
  const { packets, texts } = observe([{ bytes: overUdp(hep) }]);
  expect(texts).toEqual([options]);
  expect(packets[0]).toMatchObject({ timeMicros: 1_000_700, captureAgent: { id: 2001 } });
});

test("HEPv3 over TCP is framed by its length, over segments of any size", () => {
  const stream = [...hep3([...usual, ...payload]), ...hep3([...usual, ...payload])];
  for (const size of [7, 100, stream.length]) {
    const frames: { bytes: number[] }[] = [];
    for (let at = 0; at < stream.length; at += size) {
      frames.push({ bytes: ethernet(ipv4(tcp(1 + at, stream.slice(at, at + size)), { protocol: 6 })) });
    }
    expect(observe(frames).texts).toEqual([options, options]);
  }
});

test("a capture agent whose clock is far off is told, and the time of its report is taken", () => {
  const wrong = [...source, ...destination, ...ports, ...chunk(9, u32(2_000_000_000)), ...payload];
  const { packets, incidents } = observe([{ bytes: overUdp(hep3(wrong)), timeMicros: 5_000_000 }]);
  expect(packets[0].timeMicros).toBe(5_000_000);
  expect(incidents).toMatchObject([{ kind: "clock-wrong", count: 1, frame: 1, values: { seconds: 1_999_999_995 } }]);
});

test("what is no SIP inside, and what has no addresses, gives no packet and no error", () => {
  const log = hep3([...usual, ...chunk(15, ascii("nothing of interest"))]);
  const nowhere = hep3(payload);
  expect(observe([{ bytes: overUdp(log) }, { bytes: overUdp(nowhere) }]).packets).toEqual([]);
});

test("a packet that was cut gives the message as far as it goes", () => {
  const hep = hep3([...usual, ...payload]).slice(0, -20);
  const { packets } = observe([{ bytes: overUdp(hep) }]);
  expect(packets[0].cut).toBe(true);
  expect(options.startsWith(textOf(packets[0]))).toBe(true);
});

test("no length and no byte of a HEP packet makes reading it fail", () => {
  const hep = Uint8Array.from(hep3([...usual, ...payload]));
  for (let at = 4; at < 120; at++) {
    for (const value of [0, 1, 6, 0x7f, 0xff]) {
      const bytes = hep.slice();
      bytes[at] = value;
      expect(() => readHep(bytes, 0, bytes.length)).not.toThrow();
      expect(() => observe([{ bytes: overUdp([...bytes]) }])).not.toThrow();
    }
  }
});

test("a file of raw HEP gives the same packets as the capture it was taken from, in chunks of any size", () => {
  const capture = new Uint8Array(
    readFileSync(new URL("../../../../fixtures/captures/o-hep3-kamailio.pcap", import.meta.url)),
  );
  const raw: number[] = [];
  const expected = packetsOf([capture], (frame) => raw.push(...capturedBytes(frame).subarray(42)));
  expect(expected).toHaveLength(52);
  const bytes = Uint8Array.from(raw);
  for (const size of [1, 1000, bytes.length]) {
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.slice(at, at + size));
    expect(packetsOf(chunks).map(keyOf)).toEqual(expected.map(keyOf));
  }
});

function packetsOf(chunks: readonly Uint8Array[], onFrame?: (frame: Frame) => void): Packet[] {
  const packets: Packet[] = [];
  const nothing = (): void => {};
  const decoder = new NetworkDecoder({
    onPacket: (packet) => packets.push(packet),
    onEvent: nothing,
    onIncident: nothing,
  });
  const reader = new CaptureReader({
    capture: 0,
    onFrame(frame) {
      onFrame?.(frame);
      decoder.push(frame);
    },
    onIncident: nothing,
  });
  for (const bytes of chunks) reader.push(bytes);
  reader.flush();
  decoder.flush();
  return packets;
}

function keyOf(packet: Packet): string {
  return [packet.frame, packet.timeMicros, packet.source.text, packet.destination.text, textOf(packet)].join(" ");
}
