import { describe, expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import type { CallReport, FindingReport, Report } from "../diagnosis/report.ts";
import { columnsOf } from "./columns.ts";
import { markdownView } from "./markdown.ts";
import {
  answeredCall,
  busyCall,
  failedCall,
  messages,
  registration,
  reportOf,
  timedOutCall,
} from "./report.fixture.ts";
import { textView } from "./text.ts";

const lines = (text: string): string[] => text.split("\n");

describe("the text of a failed call", () => {
  const text = textView(reportOf([failedCall]), { language });

  test("says first what was read", () => {
    expect(lines(text).slice(0, 3)).toEqual([
      "gateway.pcap · 20 frames · 20 SIP messages · 1 call",
      "  2026-11-22 10:04:06 to 10:04:18 UTC · 12.3 s",
      "✗ 1 failed",
    ]);
  });

  test("names the answer with its verdict, who gave it, why, the proof and the fix, in this order", () => {
    expect(text).toContain("● 502 Bad Gateway: The telephone network behind 10.9.0.30 is out of order\n  certain · ");
    const places = [
      "Who      10.9.0.30:5060 (OpenGW 3.2)",
      "Why      10.9.0.30 is a gateway",
      "Proof    frame 6  10:04:11.123  SIP/2.0 502",
      "Fix      1. On 10.9.0.30:",
    ];
    const found = places.map((place) => text.indexOf(place));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found).not.toContain(-1);
  });

  test("does not repeat the frame for a second line out of it", () => {
    expect(text).toMatch(/\n {34}Reason: Q\.850;cause=38/u);
  });

  test("lists the call with its outcome", () => {
    expect(text).toMatch(
      /\n {2}1 {2}✗ failed {2}502 {2}alice@example\.org → \+4930123456@example\.org {2}10:04:06 {2}5\.1 s\n/u,
    );
  });

  test("has no colour unless asked for", () => {
    expect(text).not.toContain("\x1b");
    expect(textView(reportOf([failedCall]), { language, color: true })).toContain("\x1b[31m502 Bad Gateway\x1b[0m");
  });
});

describe("the text of many calls", () => {
  const forty = Array.from({ length: 40 }, (_, index) => ({ ...failedCall, id: String(index + 10) }));

  test("tells one failure once, with the first calls and the number of the others", () => {
    const text = textView(reportOf([...forty, timedOutCall]), { language });
    expect(text.match(/● 502 Bad Gateway/gu)).toHaveLength(1);
    expect(text).toMatch(/Calls {4}10 .*\n {11}11 .*\n {11}12 .*\n {11}and 37 more\n/u);
    expect(text).toContain("Told for call 10; the others show the same.");
  });

  test("counts what went well where it would bury the rest", () => {
    const text = textView(reportOf([...forty, answeredCall, registration]), { language });
    expect(text).toContain("  and 1 more that went well\n  and 1 other exchange ");
  });

  test("shows only calls that went wrong when asked to", () => {
    const text = textView(reportOf([failedCall, answeredCall, busyCall]), { language, only: "failed" });
    expect(text).toContain("502 Bad Gateway");
    expect(text).not.toMatch(/answered|Busy Here/u);
  });

  test("shows one call with its Call-ID when asked to", () => {
    const text = textView(reportOf([failedCall, answeredCall]), { language, call: "2" });
    expect(text).not.toContain("502 Bad Gateway");
    expect(text).toContain("  Call-ID: answered@10.9.0.10");
  });
});

describe("the text says clearly", () => {
  test("that nothing is wrong", () => {
    expect(textView(reportOf([answeredCall]), { language })).toContain("\n\n✓ Nothing wrong was found.\n\n");
  });

  test("that a busy callee is no fault", () => {
    const text = textView(reportOf([answeredCall, busyCall]), { language });
    expect(text).toContain("✓ Nothing wrong was found: the calls below were not answered");
    expect(text).toContain("● 486 Busy Here");
  });

  test("that there was no SIP", () => {
    const empty = reportOf([]);
    const text = textView({ ...empty, totals: { ...empty.totals, messages: 0 } }, { language });
    expect(text).toContain("There is no SIP message in this input.");
    expect(text).not.toContain("Nothing wrong");
  });

  test("what is missing and what else it could be", () => {
    const text = textView(reportOf([timedOutCall]), { language });
    expect(text).toContain("◐ 408 Request Timeout");
    expect(text).toContain("Who      10.9.0.21:5060 or something behind it");
    expect(text).toContain("Missing  The leg behind 10.9.0.21: capture");
    expect(text).toContain("Or       - The number has no registration");
  });

  test("what happened to the captures themselves, at the end", () => {
    const [capture] = reportOf([]).captures;
    const incidents = [{ kind: "packets-cut" as const, count: 3, frame: 12, text: "3 packets were cut." }];
    const text = textView(reportOf([answeredCall], { captures: [{ ...capture, incidents }] }), { language });
    expect(text).toMatch(/About this capture\n {2}- 3 packets were cut\. \(frame 12\)\n$/u);
  });
});

test("a long table is cut, unless only failed calls were asked for", () => {
  const report = reportOf(Array.from({ length: 100 }, (_, index) => ({ ...failedCall, id: String(index) })));
  expect(textView(report, { language })).toMatch(/\n {2}and 60 more\n$/u);
  expect(textView(report, { language, only: "failed" })).toMatch(/\n {2}99 {2}✗ failed.*\n$/u);
});

test("two parties at one host name it once where space is short", () => {
  const call = {
    ...failedCall,
    from: "sip:1001@a-long-name.sip.example.test",
    to: "sip:1002@a-long-name.sip.example.test",
  };
  expect(textView(reportOf([call]), { language })).toContain("  1001 → 1002@a-long-name.sip.example.test");
});

test("a long quote is cut with a mark", () => {
  const finding = {
    ...failedCall.findings[0],
    evidence: [{ ...failedCall.findings[0].evidence[0], quote: "a word ".repeat(100) }],
  };
  const proof = lines(textView(reportOf([{ ...failedCall, findings: [finding] }]), { language })).filter((line) =>
    line.includes("a word"),
  );
  expect(proof).toHaveLength(3);
  expect(proof[2]).toMatch(/…$/u);
});

test("a narrow page has the frame over its quote", () => {
  const text = textView(reportOf([failedCall]), { language, width: 44 });
  expect(text).toContain("  Proof    frame 6  10:04:11.123\n             SIP/2.0 502 Bad Gateway");
});

test("on a narrow page the table of calls leaves out when it was, then how long, and fits", () => {
  const last = (width: number): string =>
    textView(reportOf([answeredCall, failedCall]), { language, width })
      .trimEnd()
      .split("\n")
      .at(-1)!;
  expect(last(80)).toMatch(/10:04:06 .* s$/u);
  expect(last(48)).not.toContain("10:04:06");
  expect(last(48)).toMatch(/ s$/u);
  expect(last(40)).not.toMatch(/ s$/u);
  for (const width of [40, 48, 80]) expect(last(width).length).toBeLessThanOrEqual(width);
});

test("an incident that a finding tells is not told twice, and findings of one kind are told once", () => {
  const [capture] = reportOf([]).captures;
  const damaged = {
    ...capture,
    incidents: [{ kind: "file-cut" as const, count: 1, frame: 19, text: "The file ends early." }],
  };
  const finding = (index: number): FindingReport => ({
    ...failedCall.findings[0],
    rule: "capture-incomplete",
    cause: "file-cut",
    statusCode: undefined,
    title: "The capture does not hold everything",
    evidence: [{ capture: index, frame: 19, time: "", quote: "" }],
  });
  const text = textView(
    reportOf([answeredCall], { captures: [damaged, damaged], findings: [finding(0), finding(1)] }),
    { language },
  );
  expect(text.match(/The capture does not hold everything/gu)).toHaveLength(1);
  expect(text.match(/The file ends early\. \(frame 2:19\)/gu)).toHaveLength(1);
});

test("outcomes take a second line where they do not fit", () => {
  const kinds = [
    "failed",
    "unanswered",
    "redirected",
    "busy",
    "declined",
    "cancelled",
    "in-progress",
    "unknown",
    "answered",
  ] as const;
  const text = textView(reportOf(kinds.map((kind) => ({ ...answeredCall, outcome: { kind } }))), { language });
  expect(lines(text)[3]).toMatch(/✓ 1 answered$/u);
  for (const line of lines(text)) expect(columnsOf(line), line).toBeLessThanOrEqual(80);
});

test("frames of several captures are told apart", () => {
  const [capture] = reportOf([]).captures;
  const text = textView(reportOf([failedCall], { captures: [capture, { ...capture, name: "edge.pcap" }] }), {
    language,
  });
  expect(text).toContain("frame 1:6");
  expect(text).toContain("\n  2: edge.pcap · 20 frames");
});

test("every line fits 80 columns, also with wide characters, unless it is a ladder of many lanes", () => {
  const wideCall = { ...failedCall, from: `sip:${"通話".repeat(30)}@example.org`, messages };
  const finding = { ...failedCall.findings[0], why: "相手はすでに通話中です。".repeat(20), title: "通話".repeat(60) };
  const text = textView(reportOf([{ ...wideCall, findings: [finding] }, timedOutCall, busyCall, registration]), {
    language,
    ladder: true,
  });
  for (const line of lines(text)) expect(columnsOf(line), line).toBeLessThanOrEqual(80);
});

describe("what was found in the input", () => {
  const input = {
    frames: { ethernet: 30 },
    layers: { ipv4: 28, udp: 28, "linktype-147": 1 },
    messages: { udp: 20 },
    formats: {},
    connections: {},
    others: { arp: 2, rtp: 1200 },
    unread: { malformed: 1 },
  };
  const withInput = (calls: readonly CallReport[], messageCount: number): Report => {
    const report = reportOf(calls);
    const captures = report.captures.map((capture) => ({ ...capture, input }));
    return { ...report, captures, totals: { ...report.totals, messages: messageCount } };
  };

  test("is told when somebody asks, most frequent first, with what could not be read", () => {
    const text = textView(withInput([failedCall], 20), { language, explainInput: true });
    expect(text).toContain(
      [
        "What was found in the input",
        "  gateway.pcap (pcap)",
        "    Frames        Ethernet 30",
        "    Layers        IPv4 28 · UDP 28 · linktype-147 1",
        "    SIP messages  UDP 20",
        "    Not SIP       RTP 1,200 · ARP 2",
        "    Not read      header cut or damaged 1",
      ].join("\n"),
    );
    expect(markdownView(withInput([failedCall], 20), { language, explainInput: true })).toContain(
      "| Not SIP | RTP 1,200 · ARP 2 |",
    );
  });

  test("is told without asking when there was no SIP, and only then", () => {
    expect(textView(withInput([failedCall], 20), { language })).not.toContain("What was found");
    expect(textView(withInput([], 0), { language })).toContain("Not SIP       RTP 1,200 · ARP 2");
  });
});
