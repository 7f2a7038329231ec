import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ACK,
  ascii,
  ethernet,
  type FrameBytes,
  frameOf,
  ipv4,
  ipv6,
  sip,
  SYN,
  tcp,
  u16,
  u32,
  udp,
} from "./bytes.fixture.ts";
import type { InputReport } from "./inputCounts.ts";
import { NetworkDecoder } from "./networkDecoder.ts";

const OPTIONS = ascii(sip("OPTIONS sip:b@example.test SIP/2.0"));

/** What is counted in frames of Ethernet. */
function count(frames: readonly FrameBytes[]): InputReport {
  let report: InputReport | undefined;
  const decoder = new NetworkDecoder({
    onPacket: () => {},
    onEvent: () => {},
    onIncident: () => {},
    onCounts: (_capture, counts) => void (report = counts.report()),
  });
  for (const [index, frame] of frames.entries()) decoder.push(frameOf(frame, index));
  decoder.flush();
  return report!;
}

const inUdp = (payload: number[], port = 5060): FrameBytes => ({ bytes: ethernet(ipv4(udp(payload, 40_000, port))) });
const zeros = (length: number): number[] => Array.from({ length }, () => 0);

describe("what a UDP datagram carries is counted", () => {
  test.each([
    ["rtp", inUdp([0x80, 0, ...zeros(10)], 9000)],
    ["rtp", inUdp([0x80, 0x80 | 8, ...zeros(10)], 9000)],
    ["rtcp", inUdp([0x80, 200, ...zeros(10)], 9001)],
    ["stun", inUdp([0, 1, 0, 0, ...u32(0x2112a442), ...zeros(12)], 3478)],
    ["dtls", inUdp([22, 0xfe, 0xfd, ...zeros(10)], 9000)],
    ["dns", inUdp([0x12, 0x34, 1, 0, ...zeros(8)], 53)],
    ["udptl", inUdp([0, 7, 1, 6, 0, 0], 9000)],
    ["other-udp", inUdp(ascii("<34>Oct 11 22:14:15 host app: text"), 514)],
    ["other-udp", inUdp([0x12, 0x34, 1, 0], 40_001)],
    ["empty-udp", inUdp([])],
    ["keep-alive", inUdp(ascii("\r\n\r\n"))],
  ])("%s", (name, frame) => {
    const { others, messages, layers } = count([frame]);
    expect({ others, messages, layers }).toEqual({ others: { [name]: 1 }, messages: {}, layers: { ipv4: 1, udp: 1 } });
  });

  test("SIP", () => {
    expect(count([inUdp(OPTIONS)])).toMatchObject({ messages: { udp: 1 }, others: {}, unread: {} });
  });
});

describe("what is not UDP is counted", () => {
  test.each<[string, FrameBytes, Partial<InputReport>]>([
    ["ARP", { bytes: ethernet(zeros(28), 0x0806) }, { others: { arp: 1 }, layers: {} }],
    ["other EtherTypes", { bytes: ethernet(zeros(28), 0x88cc) }, { others: { "other-network": 1 } }],
    ["IPsec", { bytes: ethernet(ipv4(zeros(28), { protocol: 50 })) }, { others: { esp: 1 }, layers: { ipv4: 1 } }],
    [
      "other IP protocols",
      { bytes: ethernet(ipv4(zeros(28), { protocol: 89 })) },
      { others: { "other-transport": 1 } },
    ],
    [
      "VLAN tags",
      { bytes: ethernet([...u16(5, 0x86dd), ...ipv6(udp(OPTIONS))], 0x8100) },
      { layers: { vlan: 1, ipv6: 1, udp: 1 }, messages: { udp: 1 } },
    ],
    [
      "a link type that nobody reads",
      { linkType: 147, bytes: OPTIONS },
      { frames: { "linktype-147": 1 }, unread: { "link-type": 1 } },
    ],
    ["a frame that is too short", { bytes: [1, 2, 3] }, { frames: { ethernet: 1 }, unread: { malformed: 1 } }],
    ["a damaged IP header", { bytes: ethernet([0x41, ...zeros(30)]) }, { unread: { malformed: 1 }, layers: {} }],
  ])("%s", (_, frame, expected) => expect(count([frame])).toMatchObject(expected));
});

test("TCP connections are counted by what they carry, once each", () => {
  const at = (port: number, payload: number[], sequence = 1): FrameBytes[] => {
    const segment = (number: number, bytes: number[], flags = ACK): FrameBytes => {
      const whole = tcp(number, bytes, { flags });
      whole.splice(0, 2, ...u16(port));
      return { bytes: ethernet(ipv4(whole, { protocol: 6 })) };
    };
    return [segment(sequence - 1, [], SYN), segment(sequence, payload), segment(sequence + payload.length, payload)];
  };
  const tls = [22, 3, 1, 0, 5, 1, 0, 0, 1, 0];
  const { connections, messages, layers } = count([
    ...at(40_001, OPTIONS),
    ...at(40_002, OPTIONS),
    ...at(40_003, tls),
    ...at(40_004, ascii("GET / HTTP/1.1\r\n\r\n")),
  ]);
  expect({ connections, messages, layers }).toEqual({
    connections: { sip: 2, encrypted: 1, other: 1 },
    messages: { tcp: 4 },
    layers: { ipv4: 12, tcp: 12 },
  });
});

test("every frame is counted where it ends, whatever its bytes", () => {
  const known = [inUdp(OPTIONS), inUdp([0x80, 200, ...zeros(30)]), { bytes: ethernet(ipv6(udp(OPTIONS)), 0x86dd) }];
  const mutated = fc.tuple(fc.constantFrom(...known), fc.array(fc.tuple(fc.nat(80), fc.nat(255)), { maxLength: 4 }));
  const frame = mutated.map(([{ bytes }, changes]): FrameBytes => {
    const changed = [...bytes];
    for (const [at, value] of changes) changed[at] = value;
    return { bytes: changed };
  });
  fc.assert(
    fc.property(frame, (bytes) => {
      const { layers, messages, others, unread } = count([bytes]);
      fc.pre(layers.fragment === undefined && layers.hep === undefined);
      const { udp: inDatagrams = 0 } = messages;
      const total = [...Object.values(others), ...Object.values(unread)].reduce((sum, each) => sum + each, inDatagrams);
      expect(total + (layers.tcp ?? 0) + (layers.sctp ?? 0) + (layers.icmp ?? 0)).toBe(1);
    }),
  );
});
