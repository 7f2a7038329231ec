import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ALICE,
  ascii,
  ethernet,
  ipv4,
  ipv6,
  observe,
  type Observed,
  PROXY,
  sip,
  u16,
  u32,
  udp,
} from "./bytes.fixture.ts";

const OPTIONS = sip("OPTIONS sip:b@example.test SIP/2.0");
const datagram = ipv4(udp(ascii(OPTIONS)));

describe("link layers", () => {
  const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
  test.each([
    ["Ethernet", 1, ethernet(datagram)],
    ["802.1Q", 1, ethernet([...u16(5, 0x0800), ...datagram], 0x8100)],
    ["802.1ad", 1, ethernet([...u16(5, 0x8100), ...u16(6, 0x0800), ...datagram], 0x88a8)],
    ["Linux cooked", 113, [...zeros(14), ...u16(0x0800), ...datagram]],
    ["Linux cooked with a VLAN tag", 113, [...zeros(14), ...u16(0x8100, 5, 0x0800), ...datagram]],
    ["Linux cooked v2", 276, [...u16(0x0800), ...zeros(18), ...datagram]],
    ["BSD loopback, big-endian", 0, [0, 0, 0, 2, ...datagram]],
    ["BSD loopback, little-endian", 0, [2, 0, 0, 0, ...datagram]],
    ["OpenBSD loopback", 108, [0, 0, 0, 2, ...datagram]],
    ["BSD loopback, IPv6", 0, [30, 0, 0, 0, ...ipv6(udp(ascii(OPTIONS)))]],
    ["raw IP", 101, datagram],
    ["DLT_RAW", 12, datagram],
    ["DLT_RAW of OpenBSD", 14, datagram],
    ["raw IPv4", 228, datagram],
    ["raw IPv6", 229, ipv6(udp(ascii(OPTIONS)))],
  ])("%s", (_, linkType, bytes) => {
    const { texts, incidents } = observe([{ linkType, bytes }]);
    expect(texts).toEqual([OPTIONS]);
    expect(incidents).toEqual([]);
  });

  test("an unknown link type is told", () => {
    const { incidents } = observe([{ linkType: 147, bytes: datagram }]);
    expect(incidents).toMatchObject([{ kind: "link-type-unknown", frame: 1, values: { linkType: 147 } }]);
  });

  test("VLAN tags without end are told", () => {
    const tags = Array.from({ length: 20 }, () => u16(5, 0x8100)).flat();
    expect(observe([{ bytes: ethernet(tags, 0x8100) }]).incidents).toMatchObject([{ kind: "tunnel-too-deep" }]);
  });
});

describe("IP", () => {
  test("padding of the link layer is no part of the message", () => {
    const { texts } = observe([{ bytes: ethernet([...datagram, 0, 0, 0, 0, 0, 0]) }]);
    expect(texts).toEqual([OPTIONS]);
  });

  test("a total length of zero means as long as the frame", () => {
    expect(observe([{ bytes: ethernet(ipv4(udp(ascii(OPTIONS)), { totalLength: 0 })) }]).texts).toEqual([OPTIONS]);
  });

  test("a packet has its endpoints, IP identification and frame", () => {
    const [packet] = observe([{ bytes: ethernet(datagram), timeMicros: 42 }]).packets;
    expect(packet).toMatchObject({ frame: 1, timeMicros: 42, transport: "udp", ipId: 7, fragments: 1, cut: false });
    expect([packet.source.text, packet.destination.text]).toEqual(["10.9.0.10:5060", "10.9.0.20:5060"]);
  });

  test("IPv6 extension headers are walked over", () => {
    const payload = udp(ascii(OPTIONS));
    const options = [60, 0, 0, 0, 0, 0, 0, 0];
    const routing = [17, 0, 0, 0, 0, 0, 0, 0];
    const { packets, texts } = observe([
      { bytes: ethernet(ipv6([43, 0, 0, 0, 0, 0, 0, 0, ...routing, ...payload], 0), 0x86dd) },
      { bytes: ethernet(ipv6([...options, 51, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...payload], 0), 0x86dd) },
      { bytes: ethernet(ipv6([17, 1, ...u16(0), ...u32(1, 2), ...payload], 51), 0x86dd) },
    ]);
    expect(texts[0]).toBe(OPTIONS);
    expect(texts.at(-1)).toBe(OPTIONS);
    expect(packets[0].source.text).toBe("[fd00:9::10]:5060");
    expect(packets[0].ipId).toBe(-1);
  });

  test("a snap length leaves a cut message", () => {
    const bytes = ethernet(datagram);
    const { packets, texts } = observe([{ bytes: bytes.slice(0, 68), originalLength: bytes.length }]);
    expect(packets).toMatchObject([{ cut: true }]);
    expect(texts[0]).toBe(OPTIONS.slice(0, 26));
  });

  test("also where the IP header says no length, as before segmentation offload", () => {
    const bytes = ethernet(ipv4(udp(ascii(OPTIONS)), { totalLength: 0 }));
    expect(observe([{ bytes: bytes.slice(0, 68), originalLength: bytes.length }]).packets).toMatchObject([
      { cut: true },
    ]);
  });
});

describe("UDP", () => {
  test("a datagram that promises more than its packet holds is cut", () => {
    const short = ipv4(udp(ascii(OPTIONS)), { totalLength: 60 });
    expect(observe([{ bytes: ethernet(short) }])).toMatchObject({
      packets: [{ cut: true }],
      texts: [OPTIONS.slice(0, 32)],
    });
  });

  const overUdp = (payload: string | number[], port = 5060): { bytes: number[] } => ({
    bytes: ethernet(ipv4(udp(typeof payload === "string" ? ascii(payload) : payload, port, port))),
  });

  test("SIP is known by content on any port, anything else is not SIP on 5060", () => {
    const { packets } = observe([
      overUdp(OPTIONS, 31_337),
      overUdp("\r\n\r\n"),
      overUdp("\0"),
      overUdp([0, 1, 0, 8, 0x21, 0x12, 0xa4, 0x42]),
      overUdp([0x80, 8, ...ascii("INVITE sip:a SIP/2.0\r\n")]),
      overUdp("M-SEARCH * HTTP/1.1\r\n\r\n"),
    ]);
    expect(packets.map((packet) => packet.frame)).toEqual([1]);
  });

  test("malformed status lines and odd versions are emitted for a later stage to explain", () => {
    const texts = [sip("SIP/2.0 2OO OK"), sip("OPTIONS sip:a SIP/7.0")];
    expect(observe(texts.map((text) => overUdp(text))).texts).toEqual(texts);
  });

  test("a broken first line counts between endpoints that speak SIP, and only there", () => {
    const broken = sip("INVITE sip:a SIP2.0");
    expect(observe([overUdp(broken)]).texts).toEqual([]);
    expect(observe([overUdp(OPTIONS), overUdp(broken)]).texts).toEqual([OPTIONS, broken]);
    expect(observe([overUdp(OPTIONS), overUdp("hello\r\n")]).texts).toEqual([OPTIONS]);
  });

  test("empty lines before the start line are no part of the message", () => {
    expect(observe([overUdp(`\r\n\r\n${OPTIONS}`)]).texts).toEqual([OPTIONS]);
  });

  test("duplicates are left for a later stage", () => {
    expect(observe([overUdp(OPTIONS), overUdp(OPTIONS)]).packets).toHaveLength(2);
  });
});

describe("ICMP", () => {
  const quoted = datagram.slice(0, 60);
  test("unreachable names the two sides of the packet that was not delivered, and its quote is no message", () => {
    const icmp = [3, 3, 0, 0, 0, 0, 0, 0, ...datagram];
    const { events, packets } = observe([
      { bytes: ethernet(ipv4(icmp, { protocol: 1, source: PROXY, destination: ALICE })) },
    ]);
    expect(packets).toEqual([]);
    expect(events).toMatchObject([
      {
        kind: "icmp-unreachable",
        frame: 1,
        reason: "port",
        reporter: "10.9.0.20",
        source: { text: "10.9.0.10:5060" },
        destination: { text: "10.9.0.20:5060" },
      },
    ]);
  });

  test.each([
    [3, 0, "network"],
    [3, 1, "host"],
    [3, 4, "fragmentation-needed"],
    [3, 13, "prohibited"],
    [3, 200, "other"],
  ])("type %i code %i is %s", (type, code, reason) => {
    const { events } = observe([{ bytes: ethernet(ipv4([type, code, 0, 0, 0, 0, 0, 0, ...quoted], { protocol: 1 })) }]);
    expect(events).toMatchObject([{ reason }]);
  });

  test.each([
    [1, 0, "network"],
    [1, 4, "port"],
    [2, 0, "fragmentation-needed"],
    [4, 1, "protocol"],
  ])("ICMPv6 type %i code %i is %s", (type, code, reason) => {
    const icmp = [type, code, 0, 0, 0, 0, 0, 0, ...ipv6(udp(ascii("x"))).slice(0, 48)];
    const { events } = observe([{ bytes: ethernet(ipv6(icmp, 58), 0x86dd) }]);
    expect(events).toMatchObject([{ reason, reporter: "fd00:9::10", destination: { text: "[fd00:9::20]:5060" } }]);
  });

  test("echo and time exceeded are no evidence of that kind (RFC 3261 §18.4)", () => {
    const frames = [8, 11].map((type) => ({
      bytes: ethernet(ipv4([type, 0, 0, 0, 0, 0, 0, 0, ...quoted], { protocol: 1 })),
    }));
    expect(observe(frames).events).toEqual([]);
  });
});

function isSound({ packets, incidents }: Observed): boolean {
  return (
    packets.every(({ start, end, bytes }) => start >= 0 && start < end && end <= bytes.length) &&
    incidents.every(({ count }) => count > 0)
  );
}

describe("any input", () => {
  test("random bytes on any link type never throw", () => {
    const linkTypes = fc.constantFrom(0, 1, 12, 101, 108, 113, 228, 229, 276, 999);
    const frame = fc.record({ linkType: linkTypes, bytes: fc.uint8Array({ maxLength: 120 }) });
    const sound = fc.property(fc.array(frame, { maxLength: 8 }), (frames) => isSound(observe(frames)));
    expect(fc.check(sound).counterexample).toBeNull();
  });

  test("changed and cut bytes of real packets never throw", () => {
    const packets = [ethernet(datagram), ethernet(ipv6([17, 0, 0, 1, 0, 0, 0, 9, ...udp(ascii(OPTIONS))], 44), 0x86dd)];
    const change = fc.record({ of: fc.nat(1), at: fc.nat(90), value: fc.nat(255), length: fc.nat(300) });
    const sound = fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
      const frames = changes.map(({ of, at, value, length }) => packets[of].with(at, value).slice(0, length));
      return isSound(observe(frames.map((bytes) => ({ bytes }))));
    });
    expect(fc.check(sound, { numRuns: 500 }).counterexample).toBeNull();
  });
});
