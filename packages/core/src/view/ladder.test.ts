import { describe, expect, test } from "vitest";
import { analyze } from "../diagnosis/analyze.ts";
import { interfaceText } from "../language/interfaceText.ts";
import { language } from "../language/languages/en.ts";
import { columnsOf } from "./columns.ts";
import { ladderView } from "./ladder.ts";
import { ladderStory } from "./ladderList.ts";
import { buildLadder } from "./ladderModel.ts";
import { drawLadder } from "./ladderSvg.ts";
import { mediaTexts } from "./mediaText.ts";
import { failedCall, message, messages, reportOf } from "./report.fixture.ts";

const draw = (said: typeof messages, width = 80): string[] =>
  ladderView(reportOf([{ ...failedCall, messages: said }]), { language, width })
    .trimEnd()
    .split("\n");

describe("a ladder", () => {
  const lines = draw(messages);

  test("has a lane for each element, named where a finding knows the product", () => {
    expect(lines[1].trim().split(/\s+/u)).toEqual(["10.9.0.10", "10.9.0.20", "10.9.0.30"]);
    expect(lines[2].trim()).toBe("OpenGW 3.2");
  });

  test("folds retransmissions into one arrow with a count", () => {
    expect(lines.filter((line) => line.includes("INVITE"))).toHaveLength(2);
    expect(lines.find((line) => line.includes("×3"))).toMatch(/\+0\.002 +3 +│ +│─ INVITE ×3 ─+►│$/u);
  });

  test("marks the frames of the finding with its verdict and nothing else", () => {
    expect(lines.filter((line) => line.startsWith("●")).map((line) => line.split(/\s+/u)[2])).toEqual(["6", "7"]);
  });

  test("shows a silence as a gap", () => {
    expect(lines.filter((line) => line.includes("┊"))).toEqual([expect.stringContaining("5.1 s pass")]);
  });

  test("points an arrow back at the one who asked", () => {
    expect(lines.find((line) => line.includes("100 Trying"))).toMatch(/│◄ 100 Trying ─+│ +│$/u);
  });

  test("keeps every lane at its column", () => {
    const columns = lines
      .filter((line) => line.includes("│"))
      .map((line) => [...line].flatMap((character, index) => ("│┊".includes(character) ? [index] : [])));
    expect(new Set(columns.map((each) => each.join())).size).toBe(1);
  });
});

test("audio, video and fax are told in order of time", () => {
  const sides = { source: "10.9.0.10:4000", destination: "10.9.0.20:6000", packets: 100, durationSeconds: 2 };
  const [early, later, last] = ["04", "05", "06"].map((second) => `2026-11-22T10:04:${second}.000000Z`);
  const call = {
    ...failedCall,
    audio: [
      { ...sides, protocol: "RTP" as const, startTime: early },
      { ...sides, protocol: "RTP" as const, startTime: last },
    ],
    video: [{ ...sides, protocol: "SRTP" as const, startTime: later }],
    fax: [{ ...sides, protocol: "UDPTL" as const, startTime: later }],
  };
  const texts = mediaTexts((key, values) => interfaceText(language, key, values), call).map(({ text }) => text);
  const between = "from 10.9.0.10:4000 to 10.9.0.20:6000: 100";
  expect(texts).toEqual([
    `Audio ${between} RTP packets in 2 s`,
    `Video ${between} SRTP packets in 2 s`,
    `Fax ${between} UDPTL packets in 2 s`,
    `Audio ${between} RTP packets in 2 s`,
  ]);
});

test("audio stands where it begins, before the silence in which nothing is said", () => {
  const said = [message(1, 0, 10, 20, "INVITE"), message(2, 1, 20, 10, "200 OK", 200), message(9, 13, 10, 20, "BYE")];
  const sides = { source: "10.9.0.10:40000", destination: "10.9.0.20:6000" };
  const audio = [
    {
      ...sides,
      protocol: "RTP" as const,
      packets: 590,
      startTime: "2026-11-22T10:04:07.200000Z",
      durationSeconds: 11.8,
    },
  ];
  const call = { ...failedCall, findings: [], messages: said, audio };
  const rows = ladderView(reportOf([call]), { language, width: 100 })
    .trimEnd()
    .split("\n")
    .slice(-4);
  expect(rows[0]).toMatch(/\+1\.000 +2 .*200 OK/u);
  expect(rows[1]).toBe("      · Audio from 10.9.0.10:40000 to 10.9.0.20:6000: 590 RTP packets in 11.8 s");
  expect(rows[2]).toContain("12 s pass");
  expect(rows[3]).toMatch(/\+13\.000 +9 .*BYE/u);
  const { rows: drawn, lines } = drawLadder(call, { language });
  expect(lines).toMatchObject([{ before: 2, text: expect.stringContaining("590 RTP packets") }]);
  expect(lines[0].top).toBeLessThan(drawn[2].top - 2 * lines[0].height);
  expect(ladderStory(call, { language })[2]).toBe(`· ${lines[0].text}`);
});

test("a ladder of four lanes fits 80 columns, and one of six, whose words stand above their arrows", () => {
  const hops = (count: number): typeof messages =>
    Array.from({ length: count - 1 }, (_, index) =>
      message(index, index / 1000, 10 + index, 11 + index, "407 Proxy Authentication Required", 407),
    );
  expect(Math.max(...draw(hops(4)).map(columnsOf))).toBeLessThanOrEqual(80);
  const six = draw(hops(6));
  expect(Math.max(...six.map(columnsOf))).toBeLessThanOrEqual(80);
  expect(six.filter((line) => line.endsWith("  407 Proxy Authentication Required"))).toHaveLength(5);
});

describe("a ladder in 40 columns", () => {
  const chain = [message(1, 0, 10, 20, "INVITE"), message(2, 0.1, 20, 30, "INVITE"), message(3, 6, 30, 30, "BYE")];
  const lines = draw(chain, 40);

  test("names the elements by letters, says each message above its arrow, and keeps silences", () => {
    expect(lines.slice(1)).toEqual([
      "  a  10.9.0.10",
      "  b  10.9.0.20",
      "  c  10.9.0.30  OpenGW 3.2",
      "  a                 b                 c",
      "  +0.000  1  INVITE",
      "  │────────────────►│                 │",
      "  +0.100  2  INVITE",
      "  │                 │────────────────►│",
      "      5.9 s pass",
      "  ┊                 ┊                 ┊",
      "  +6.000  3  BYE",
      "  │                 │                 │↺",
    ]);
  });

  test("has room for as many elements as a ladder may have", () => {
    const twelve = Array.from({ length: 11 }, (_, lane) => message(lane, lane, 10 + lane, 11 + lane, "INVITE"));
    const narrow = draw(twelve, 40);
    expect(Math.max(...narrow.map(columnsOf))).toBeLessThanOrEqual(40);
    expect(narrow).toContain(`  ${"│  ".repeat(10)}│─►│`);
  });
});

describe("lanes", () => {
  test("are one for all ports of a host", () => {
    const tcp = messages.map((each, index) => ({
      ...each,
      source: each.source === "10.9.0.10:5060" ? `10.9.0.10:${40000 + index}` : each.source,
    }));
    expect(buildLadder({ ...failedCall, messages: tcp }).lanes.map(({ address }) => address)).toEqual([
      "10.9.0.10",
      "10.9.0.20:5060",
      "10.9.0.30:5060",
    ]);
  });

  test("are one for each port of a host that talks to itself", () => {
    const loopback = [{ ...message(1, 0, 1, 1, "INVITE"), source: "127.0.0.1:5060", destination: "127.0.0.1:5070" }];
    expect(buildLadder({ ...failedCall, messages: loopback }).lanes.map(({ address }) => address)).toEqual([
      "127.0.0.1:5060",
      "127.0.0.1:5070",
    ]);
  });

  test("are one for all addresses of the element that wrote a log", async () => {
    const side = (host: string, direction: string, what: string): string =>
      `[Nov 22 07:06:44] VERBOSE[1] res_pjsip_logger.c: <--- ${direction} SIP ${what} (1 bytes) ${direction === "Received" ? "from" : "to"} UDP:${host}:5060 --->`;
    const invite = (callId: string, via: string, target: string): string[] => [
      `INVITE sip:1002@${target} SIP/2.0`,
      `Via: SIP/2.0/UDP ${via};branch=z9hG4bK${callId}`,
      "From: <sip:4930123456@example.com>;tag=1",
      "To: <sip:4930654321@example.com>",
      `Call-ID: ${callId}`,
      "CSeq: 1 INVITE",
      "Session-ID: 2b6df1d05dd4433d9f5e3b9d7d1b8d33;remote=00000000000000000000000000000000",
      "Max-Forwards: 70",
      "Content-Length: 0",
      "",
      "",
    ];
    const log = [
      side("10.0.0.5", "Received", "request"),
      ...invite("from-phone", "10.0.0.5", "10.0.0.1"),
      side("198.51.100.7", "Transmitting", "request"),
      ...invite("to-provider", "203.0.113.9", "198.51.100.7"),
    ].join("\n");
    const inputs = [{ name: "log", bytes: new TextEncoder().encode(log) }];
    const { calls } = await analyze(inputs, { language, messages: true });
    expect(calls.map((call) => buildLadder(call).lanes.map(({ address }) => address))).toEqual([
      ["10.0.0.5:5060", "10.0.0.1:5060, 203.0.113.9:5060", "198.51.100.7:5060"],
    ]);
  });

  test("are limited, and what does not fit is counted", () => {
    const scan = Array.from({ length: 2000 }, (_, index) => ({
      ...message(index, 0.1, 10, 20, "OPTIONS"),
      destination: `10.8.${index >> 8}.${index & 255}:5060`,
    }));
    const ladder = buildLadder({ ...failedCall, messages: scan });
    expect(ladder.lanes).toHaveLength(12);
    expect(ladder.beyond).toBe(1989);
    expect(draw(scan).at(-1)).toContain("1,989 messages are not drawn");
  });
});

test("names that would touch take two rows", () => {
  const wide = (host: string): string => host.replace("10.9.0.", "192.168.100.1");
  const hops = [message(1, 0, 10, 20, "INVITE"), message(2, 0, 20, 30, "INVITE"), message(3, 0, 30, 40, "INVITE")];
  const lines = draw(hops.map((each) => ({ ...each, source: wide(each.source), destination: wide(each.destination) })));
  expect(lines.slice(1, 3).map((line) => line.trim().split(/\s+/u))).toEqual([
    ["192.168.100.110", "192.168.100.130"],
    ["192.168.100.120", "192.168.100.140"],
  ]);
});

test("a message of an element to itself is drawn beside its lane", () => {
  const lines = draw([message(1, 0, 10, 20, "INVITE"), message(2, 0.1, 20, 20, "INVITE")]);
  expect(lines.at(-1)).toMatch(/│↺ INVITE$/u);
});

test("a report without messages says how to get them", () => {
  expect(ladderView(reportOf([failedCall]), { language })).toContain("ask for the ladder");
});
