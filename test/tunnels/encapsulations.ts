import { ascii, ipv4, ipv6, u16, u32, udp } from "../../packages/core/src/network/bytes.fixture.ts";

/** How the frames of a capture are wrapped. Made from the standards, and proven by tshark reading them. */
export interface Encapsulation {
  readonly name: string;
  readonly linkType?: number;
  /** What tshark must be told, as routers know it of the label. */
  readonly tshark?: readonly string[];
  /** One Ethernet frame in, the frames that carry it out. */
  wrap(frame: number[], index: number): number[][];
}

const ETHERNET_HEADER = 14;
const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const TRANSPARENT_ETHERNET = 0x6558;
/** The two ends of the tunnel. */
const ENDS = { source: [192, 0, 2, 1], destination: [192, 0, 2, 2] };
/** A longer one would be an EtherType. */
const LONGEST_802_3 = 1500;
const COOKIE = [0xde, 0xad, 0xbe, 0xef, 0x0a, 0x0b, 0x0c, 0x0d];

/** All that sipwhy takes off, alone and in one another. */
export const encapsulations: readonly Encapsulation[] = [
  on("Ethernet", "802.1Q", (frame) => retyped(frame, 0x8100, [...u16(5, etherTypeOf(frame)), ...packetOf(frame)])),
  on("Ethernet", "QinQ", (frame) =>
    retyped(frame, 0x88a8, [...u16(100, 0x8100, 5, etherTypeOf(frame)), ...packetOf(frame)]),
  ),
  on("Ethernet", "LLC and SNAP", (frame) => {
    const payload = [0xaa, 0xaa, 3, 0, 0, 0, ...u16(etherTypeOf(frame)), ...packetOf(frame)];
    return payload.length <= LONGEST_802_3 ? retyped(frame, payload.length, payload) : frame;
  }),
  on("Ethernet", "MPLS", (frame) => retyped(frame, 0x8847, [...label(100, true), ...packetOf(frame)])),
  on("Ethernet", "MPLS with three labels", (frame) =>
    retyped(frame, 0x8847, [...label(100), ...label(101), ...label(3, true), ...packetOf(frame)]),
  ),
  {
    name: "MPLS pseudowire with control word",
    tshark: ["-d", "mpls.label==200,pwethcw"],
    wrap: (frame) => [retyped(frame, 0x8847, [...label(100), ...label(200, true), ...u32(7), ...frame])],
  },
  {
    name: "MPLS pseudowire without control word",
    tshark: ["-d", "mpls.label==200,pwethnocw"],
    wrap: (frame) => [retyped(frame, 0x8847, [...label(100), ...label(200, true), ...frame])],
  },
  on("Ethernet", "PPPoE", (frame) => retyped(frame, 0x8864, pppoe(frame))),
  on("Ethernet", "PPPoE in QinQ", (frame) => retyped(frame, 0x88a8, [...u16(100, 0x8100, 5, 0x8864), ...pppoe(frame)])),
  overIp("GRE", 47, (frame) => [...u16(0, etherTypeOf(frame)), ...packetOf(frame)]),
  overIp("GRE with key", 47, (frame) => [...u16(0x2000, etherTypeOf(frame)), ...u32(99), ...packetOf(frame)]),
  overIp("GRE with checksum, key and sequence", 47, (frame, index) => [
    ...u16(0xb000, etherTypeOf(frame)),
    ...u32(0, 99, index),
    ...packetOf(frame),
  ]),
  overIp("GRE with source routing", 47, (frame) => [
    ...u16(0x4000, etherTypeOf(frame), 0, 0),
    ...u32(0x00020004, 0xc0000209, 0),
    ...packetOf(frame),
  ]),
  overIp("GRE with an Ethernet frame", 47, (frame) => [...u16(0, TRANSPARENT_ETHERNET), ...frame]),
  overIp("NVGRE", 47, (frame) => [...u16(0x2000, TRANSPARENT_ETHERNET), ...u32(0x123401), ...frame]),
  overIp("GRE with MPLS", 47, (frame) => [...u16(0, 0x8847), ...label(100, true), ...packetOf(frame)]),
  overIp("PPTP", 47, (frame, index) => {
    const payload = ppp(frame, true);
    return [...u16(0x3001, 0x880b, payload.length, 5), ...u32(index), ...payload];
  }),
  overIp("PPTP with acknowledgment", 47, (frame, index) => {
    const payload = ppp(frame, false);
    return [...u16(0x3081, 0x880b, payload.length, 5), ...u32(index, 1), ...payload];
  }),
  overIp("ERSPAN I", 47, (frame) => [...u16(0, 0x88be), ...frame]),
  overIp("ERSPAN II", 47, (frame, index) => [
    ...u16(0x1000, 0x88be),
    ...u32(index),
    ...u16(0x1005, 0x0064),
    ...u32(3),
    ...frame,
  ]),
  overIp("ERSPAN III", 47, (frame, index) => [...erspan3(index, 0), ...frame]),
  overIp("ERSPAN III with a platform's header", 47, (frame, index) => [
    ...erspan3(index, 1),
    ...u32(0x08000000, 7),
    ...frame,
  ]),
  overIpv6("GRE over IPv6", 47, (frame) => [...u16(0, TRANSPARENT_ETHERNET), ...frame]),
  overIp("IP in IPv4", 4, (frame) => packetOf(frame), 41),
  overIp("IP in IP in IP", 4, (frame) =>
    ipv4(packetOf(frame), { ...ENDS, protocol: etherTypeOf(frame) === IPV4 ? 4 : 41 }),
  ),
  overIpv6("IP in IPv6", 4, (frame) => packetOf(frame), 41),
  overIp("EtherIP", 97, (frame) => [0x30, 0, ...frame]),
  overUdp("VXLAN", 4789, (frame) => [8, 0, 0, 0, 0, 0x12, 0x34, 0, ...frame]),
  overUdp("VXLAN-GPE with IP", 4790, (frame) => [
    ...u32(0x0c000000 + (etherTypeOf(frame) === IPV4 ? 1 : 2), 0x00123400),
    ...packetOf(frame),
  ]),
  overUdp("Geneve with an Ethernet frame and options", 6081, (frame) => [
    ...u16(0x0200, TRANSPARENT_ETHERNET),
    ...u32(0x500, 0x01028001, 77),
    ...frame,
  ]),
  overUdp("Geneve with IP", 6081, (frame) => [0, 0, ...u16(etherTypeOf(frame)), 0, 0, 5, 0, ...packetOf(frame)]),
  overUdp("GTP-U", 2152, (frame) => gtp(0x30, [], frame)),
  overUdp("GTP-U with sequence number", 2152, (frame, index) => gtp(0x32, [...u16(index), 0, 0], frame)),
  overUdp("GTP-U with two extension headers", 2152, (frame) =>
    gtp(0x34, [0, 0, 0, 0x85, ...u32(0x01100985, 0x02010000, 0)], frame),
  ),
  overUdp("TZSP", 37_008, (frame) => [1, 0, ...u16(1), 0, 0x0a, 1, 0xd0, 41, 2, 0, 0, 1, ...frame]),
  overUdp("L2TPv2", 1701, (frame) => [...u16(0x0002, 7, 9), ...ppp(frame, true)]),
  overUdp("L2TPv2 with length, sequence and offset", 1701, (frame, index) => {
    const payload = [...u16(index, 0), ...u16(2, 0), ...ppp(frame, false)];
    return [...u16(0x4a02, 8 + payload.length, 7, 9), ...payload];
  }),
  overUdp("MPLS over UDP", 6635, (frame) => [...label(100, true), ...packetOf(frame)]),
  fragmented("VXLAN in fragments", 17, (frame) => udp([8, 0, 0, 0, 0, 0, 5, 0, ...frame], 50_000, 4789)),
  fragmented("GRE in fragments", 47, (frame) => [...u16(0x2000, TRANSPARENT_ETHERNET), ...u32(1), ...frame]),
  fragmented("IP in IP in fragments", 4, (frame) => packetOf(frame), 41),
  on("Ethernet", "ERSPAN of PPPoE in QinQ", (frame, index) => {
    const mirrored = retyped(frame, 0x88a8, [...u16(100, 0x8100, 5, 0x8864), ...pppoe(frame)]);
    return carried(frame, 47, [...u16(0x1000, 0x88be), ...u32(index), ...u16(0x1005, 0x0064), ...u32(3), ...mirrored]);
  }),
  on("Ethernet", "GRE in VXLAN in GTP-U", (frame, index) => {
    const gre = carried(frame, 47, [...u16(0, etherTypeOf(frame)), ...packetOf(frame)]);
    const vxlan = carried(frame, 17, udp([8, 0, 0, 0, 0, 0, 5, 0, ...gre], 50_000, 4789));
    return carried(frame, 17, udp(gtp(0x32, [...u16(index), 0, 0], vxlan), 2152, 2152));
  }),
  { name: "link type PPP", linkType: 9, wrap: (frame) => [ppp(frame, false)] },
  { name: "link type PPP, one byte of protocol", linkType: 9, wrap: (frame) => [ppp(frame, false).slice(1)] },
  { name: "link type PPP in HDLC framing", linkType: 50, wrap: (frame) => [ppp(frame, true)] },
  { name: "link type PPPoE", linkType: 51, wrap: (frame) => [pppoe(frame)] },
  { name: "link type PPP with direction", linkType: 204, wrap: (frame, index) => [[index & 1, ...ppp(frame, true)]] },
  {
    name: "link type Cisco HDLC",
    linkType: 104,
    wrap: (frame) => [[0x0f, 0, ...u16(etherTypeOf(frame)), ...packetOf(frame)]],
  },
];

/** Those that tshark 4.0 does not read as the standard has it, with why; what sipwhy makes of them is compared with the bare frames. */
export const beyondTshark: readonly Encapsulation[] = [
  // What lies between the session and the frame is only known from the control connection, or from tshark's preferences.
  overIp("L2TPv3 with an Ethernet frame", 115, (frame) => [...u32(77), ...frame]),
  overIp("L2TPv3 with a cookie and sequence number", 115, (frame, index) => [
    ...u32(77),
    ...COOKIE,
    ...u32(0x4000_0000 + index),
    ...frame,
  ]),
  overIp("L2TPv3 with IP", 115, (frame) => [...u32(77), ...COOKIE.slice(4), ...packetOf(frame)]),
  overUdp("L2TPv3 over UDP with PPP", 1701, (frame) => [...u16(0x0003, 0), ...u32(77), ...COOKIE, ...ppp(frame, true)]),
  // Ports of VXLAN and link types that tshark 4.0 does not know.
  overUdp("VXLAN on the port of Linux", 8472, (frame) => [8, 0, 0, 0, 0, 0x12, 0x34, 0, ...frame]),
  overUdp("VXLAN on any port", 31_337, (frame) => [8, 0, 0, 0, 0, 0x12, 0x34, 0, ...frame]),
  { name: "link type MPLS", linkType: 219, wrap: (frame) => [[...label(100, true), ...packetOf(frame)]] },
  { name: "link type PPP of pppd", linkType: 166, wrap: (frame) => [[1, ...ppp(frame, true).slice(1)]] },
];

function on(link: "Ethernet", name: string, wrapFrame: (frame: number[], index: number) => number[]): Encapsulation {
  return { name: `${name} on ${link}`, wrap: (frame, index) => [wrapFrame(frame, index)] };
}

/** `protocolOfIpv6`: where the protocol number says which version of IP is inside. */
function overIp(
  name: string,
  protocol: number,
  payload: (frame: number[], index: number) => number[],
  protocolOfIpv6 = protocol,
): Encapsulation {
  return {
    name: `${name} over IPv4`,
    wrap: (frame, index) => [
      carried(frame, etherTypeOf(frame) === IPV6 ? protocolOfIpv6 : protocol, payload(frame, index), index),
    ],
  };
}

function overIpv6(
  name: string,
  protocol: number,
  payload: (frame: number[], index: number) => number[],
  protocolOfIpv6 = protocol,
): Encapsulation {
  return {
    name,
    wrap: (frame, index) => {
      const nextHeader = etherTypeOf(frame) === IPV6 ? protocolOfIpv6 : protocol;
      return [retyped(frame, IPV6, ipv6(payload(frame, index), nextHeader))];
    },
  };
}

function overUdp(name: string, port: number, payload: (frame: number[], index: number) => number[]): Encapsulation {
  const isOfBothSides = port === 1701 || port === 2152;
  return {
    name,
    wrap: (frame, index) => [
      carried(frame, 17, udp(payload(frame, index), isOfBothSides ? port : 50_000, port), index),
    ],
  };
}

/** The outer packet comes in three fragments, the last one first. */
function fragmented(
  name: string,
  protocol: number,
  payload: (frame: number[], index: number) => number[],
  protocolOfIpv6 = protocol,
): Encapsulation {
  return {
    name,
    wrap(frame, index) {
      const whole = payload(frame, index);
      const size = Math.ceil(whole.length / 24) * 8;
      const options = { ...ENDS, protocol: etherTypeOf(frame) === IPV6 ? protocolOfIpv6 : protocol, id: index + 1 };
      const pieces = [0, size, 2 * size].map((at) =>
        ipv4(whole.slice(at, at + size), { ...options, fragmentAt: at, more: at + size < whole.length }),
      );
      return pieces.toReversed().map((piece) => retyped(frame, IPV4, piece));
    },
  };
}

function carried(frame: number[], protocol: number, payload: number[], id = 0): number[] {
  return retyped(frame, IPV4, ipv4(payload, { ...ENDS, protocol, id: id + 1 }));
}

function retyped(frame: number[], etherType: number, payload: number[]): number[] {
  return [...frame.slice(0, 12), ...u16(etherType), ...payload];
}

function packetOf(frame: number[]): number[] {
  return frame.slice(ETHERNET_HEADER);
}

function etherTypeOf(frame: number[]): number {
  return (frame[12] << 8) | frame[13];
}

function label(value: number, isBottom = false): number[] {
  return u32(value * 4096 + (isBottom ? 256 : 0) + 64);
}

function ppp(frame: number[], isFramed: boolean): number[] {
  const protocol = etherTypeOf(frame) === IPV4 ? 0x0021 : 0x0057;
  return [...(isFramed ? [0xff, 3] : []), ...u16(protocol), ...packetOf(frame)];
}

function pppoe(frame: number[]): number[] {
  const payload = ppp(frame, false);
  return [0x11, 0, ...u16(9, payload.length), ...payload];
}

function erspan3(index: number, optional: 0 | 1): number[] {
  return [...u16(0x1000, 0x22eb), ...u32(index), ...u16(0x2005, 0x0064), ...u32(1234), ...u16(0, 0x0000 | optional)];
}

function gtp(flags: number, optional: number[], frame: number[]): number[] {
  const payload = [...optional, ...packetOf(frame)];
  return [flags, 0xff, ...u16(payload.length), ...u32(0xabcdef), ...payload];
}

/** LCP, PADI, GTP echo, an L2TP control message, a STUN request: what belongs to tunnels and holds no packet. */
export const empties: readonly number[][] = [
  [...Array.from({ length: 12 }, () => 2), ...u16(0x8863), 0x11, 9, ...u16(0, 4), ...u32(0x01010000)],
  carried(ethernetOf([]), 17, udp([0x32, 1, ...u16(4), ...u32(0, 0)], 2152, 2152)),
  carried(ethernetOf([]), 17, udp([...u16(0xc802, 12, 0, 0, 0, 0)], 1701, 1701)),
  carried(ethernetOf([]), 47, [...u16(0x2000, 0), ...u32(1)]),
  carried(ethernetOf([]), 47, ascii("no GRE at all, but long enough for one")),
];

function ethernetOf(payload: number[]): number[] {
  return [...Array.from({ length: 12 }, () => 2), ...u16(IPV4), ...payload];
}
