import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ACK,
  ascii,
  ethernet,
  type FrameBytes,
  ipv4,
  ipv6,
  observe,
  sip,
  tcp,
  u16,
  u32,
  udp,
} from "./bytes.fixture.ts";

const REGISTER = sip("REGISTER sip:ims.example.test SIP/2.0");
const [UDP, TCP, IN_IPV4, IN_IPV6] = [17, 6, 4, 41];
const AUTHENTICATED = 51;
const ESP = 50;

/** What stands for an integrity check value: nothing in it looks like a trailer. */
function check(bytes: number): number[] {
  return Array.from({ length: bytes }, (_, index) => 0xa0 + index);
}

function esp(payload: number[], protocol: number, icvBytes = 12, iv: number[] = []): number[] {
  const padding = Array.from({ length: -(payload.length + iv.length + 2) & 3 }, (_, index) => index + 1);
  return [...u32(0x1234, 1), ...iv, ...payload, ...padding, padding.length, protocol, ...check(icvBytes)];
}

function inIpv4(payload: number[]): FrameBytes {
  return { bytes: ethernet(ipv4(payload, { protocol: ESP })) };
}

describe("IPsec that does not encrypt is looked through", () => {
  test.each([12, 16, 24, 32])("with an integrity check value of %i bytes", (icvBytes) => {
    const { texts, packets } = observe([inIpv4(esp(udp(ascii(REGISTER)), UDP, icvBytes))]);
    expect(texts).toEqual([REGISTER]);
    expect(packets[0]).toMatchObject({
      transport: "udp",
      source: { text: "10.9.0.10:5060" },
      fragments: 1,
      cut: false,
    });
  });

  test("with every length of padding, and with the initialization vector of AES-GMAC", () => {
    for (const more of ["", "x", "xx", "xxx"]) {
      const message = sip("OPTIONS sip:a.test SIP/2.0", more);
      expect(observe([inIpv4(esp(udp(ascii(message)), UDP))]).texts).toEqual([message]);
      const iv = u32(0xdead_beef, 0xfeed_face);
      expect(observe([inIpv4(esp(udp(ascii(message)), UDP, 16, iv))]).texts).toEqual([message]);
    }
  });

  test("over IPv6, over UDP, in tunnel mode, and beside an authentication header", () => {
    const message = udp(ascii(REGISTER));
    const [overIpv6, overUdp] = [ipv6(esp(message, UDP), ESP), ipv4(udp(esp(message, UDP), 4500, 4500))];
    const tunnels = [esp(ipv4(message), IN_IPV4), esp(ipv6(message), IN_IPV6)];
    const authenticated = [UDP, 4, 0, 0, ...u32(0x99, 1), ...check(12), ...message];
    const frames = [
      { bytes: ethernet(overIpv6, 0x86dd) },
      { bytes: ethernet(overUdp) },
      ...tunnels.map((tunnel) => inIpv4(tunnel)),
      { bytes: ethernet(ipv4(authenticated, { protocol: AUTHENTICATED })) },
    ];
    expect(observe(frames).texts).toEqual(frames.map(() => REGISTER));
  });

  test("with TCP inside", () => {
    const half = REGISTER.length >> 1;
    const [first, second] = [REGISTER.slice(0, half), REGISTER.slice(half)];
    const segments = [tcp(1, ascii(first), { flags: ACK }), tcp(1 + half, ascii(second), { flags: ACK })];
    expect(observe(segments.map((segment) => inIpv4(esp(withChecksum(segment), TCP)))).texts).toEqual([REGISTER]);
  });
});

describe("IPsec that encrypts is not", () => {
  test("whatever is in it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 400 }), (bytes) => {
        const { packets, incidents } = observe([inIpv4([...u32(0x1234, 1), ...bytes])]);
        expect([packets.length, incidents.length]).toEqual([0, 0]);
      }),
      { numRuns: 500 },
    );
  });

  test("nor what begins a key exchange, or was cut by the capture", () => {
    const whole = esp(udp(ascii(REGISTER)), UDP);
    const exchange = { bytes: ethernet(ipv4(udp([0, 0, 0, 0, ...whole], 4500, 4500))) };
    const frame = ethernet(ipv4(whole, { protocol: ESP }));
    const cut = { bytes: frame.slice(0, -20), originalLength: frame.length };
    expect(observe([exchange, cut]).texts).toEqual([]);
  });
});

/** Of a segment from ALICE to PROXY. */
function withChecksum(segment: number[]): number[] {
  const pseudo = [10, 9, 0, 10, 10, 9, 0, 20, 0, TCP, ...u16(segment.length), ...segment];
  if (pseudo.length % 2 === 1) pseudo.push(0);
  let sum = 0;
  for (let at = 0; at < pseudo.length; at += 2) sum += pseudo[at] * 256 + pseudo[at + 1];
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return [...segment.slice(0, 16), ...u16(0xffff - sum), ...segment.slice(18)];
}
