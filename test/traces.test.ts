import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { analyze, type Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { capturesFolder } from "./explain.ts";
import { root } from "./sources.ts";

const traces = join(root, "fixtures", "traces");

function explainBytes(name: string, bytes: Uint8Array): Promise<Report> {
  return analyze([{ name, bytes }], { language });
}

function summaryOf({ calls }: Report): readonly string[] {
  return calls.flatMap(({ outcome, findings }) => [
    `${outcome.kind} ${outcome.statusCode}`,
    ...findings.map(({ rule, cause, verdict, statusCode }) => [rule, cause, verdict, statusCode].join(" ")),
  ]);
}

const capture = readFileSync(join(capturesFolder, "i-486.pcap"));
const expected = summaryOf(await explainBytes("i-486.pcap", capture));

describe("one call gets the same findings", () => {
  test("as pcap, and that is what happened", () => {
    expect(expected).toEqual(["busy 486", "callee-busy person-busy certain 486"]);
  });

  test("as pcapng", async () => {
    const bytes = readFileSync(join(capturesFolder, "r-pcapng-486.pcapng"));
    expect(summaryOf(await explainBytes("pcapng", bytes))).toEqual(expected);
  });

  test("packed with gzip, capture or text", async () => {
    for (const bytes of [capture, readFileSync(join(traces, "sngrep.txt"))]) {
      expect(summaryOf(await explainBytes("packed.gz", gzipSync(bytes)))).toEqual(expected);
    }
  });

  test("in HEP", async () => {
    const report = await explainBytes("hep", readFileSync(join(capturesFolder, "o-hep3-kamailio.pcap")));
    expect(summaryOf({ ...report, calls: report.calls.slice(1, 2) })).toEqual(expected);
    expect(report.captures[0].incidents).toEqual([]);
  });

  test.for([
    "sngrep.txt",
    "tcpdump-A.txt",
    "tcpdump-v.txt",
    "tcpdump-X.txt",
    "tcpdump-xx.txt",
    "ngrep-byline.txt",
    "ngrep-without-time.txt",
    "ngrep.txt",
    "ngrep-x.txt",
    "tshark-fields.tsv",
    "follow-raw.txt",
    "sipgrep.txt",
    "tshark-V.txt",
    "follow-stream.txt",
    "sipp-uac.log",
    "sipp-uas.log",
    "kamailio-sipdump.txt",
    "baresip-s.txt",
    "asterisk-pjsip-logger.txt",
    "asterisk-chan-sip.txt",
    "freeswitch-siptrace.txt",
    "cisco-ccsip.txt",
    "cisco-cucm-sdl.txt",
    "audiocodes-syslog.txt",
    "oracle-sipmsg.log",
    "homer-export.txt",
    "asterisk-pjsip-history.txt",
    "cisco-cucm-sdl-udp.txt",
    "ribbon.trc",
    "avaya-sm.log",
    "avaya-sm-syslog.log",
    "avaya-phone.log",
    "avaya-client.log",
    "avaya-ip-office.txt",
    "resiprocate.log",
    "homer-rows.json",
    "homer-lines.jsonl",
    "tshark-json.json",
    "tshark-ek.jsonl",
    "tshark-json-x.json",
    "tshark-jsonraw.json",
    "tshark-pdml.xml",
    "tshark-x.txt",
    "newest-first.txt",
    "tshark-V-x.txt",
    "sipjs-console.txt",
    "pjsua.log",
    "jssip-console.txt",
    "syslog-escaped.txt",
    "syslog-each-line.txt",
    "bare-messages-lf.txt",
    "page-with-entities.txt",
  ])("as text: %s", async (name) => {
    const report = await explainBytes(name, readFileSync(join(traces, name)));
    // How long it rang is what tells a person from a timer.
    const surely = report.calls[0].untimed === true ? "likely" : "certain";
    expect(summaryOf(report)).toEqual(expected.map((line) => line.replace("certain", surely)));
  });
});

test("what two capture agents saw is no fault of the capture, and no retransmission", async () => {
  const report = await explainBytes("hep", readFileSync(join(capturesFolder, "o-hep3-kamailio.pcap")));
  expect(report.captures[0]).toMatchObject({ messages: 52, incidents: [] });
  expect(report.findings).toEqual([]);
});

test("an answer that the logger cut is said to be cut, and nothing of it is blamed on its sender", async () => {
  const report = await explainBytes("cut", readFileSync(join(traces, "sofia-siptrace-cut.txt")));
  expect(report.captures[0].incidents.map(({ kind, frame }) => `${kind} ${frame}`)).toContain("messages-cut 2");
  expect(summaryOf(report)).toEqual(["succeeded 200"]);
});

test("a log that names no addresses and no times says so in its incidents", async () => {
  const report = await explainBytes("console", readFileSync(join(traces, "jssip-console.txt")));
  expect(report.captures[0].incidents.map(({ kind }) => kind)).toEqual(["times-missing", "addresses-inferred"]);
});

test("the element that wrote a log is one, by whatever addresses it goes: in its network, and outside of the NAT", async () => {
  const logged = (direction: string, peer: string, startLine: string, fields: string): string =>
    `<--- ${direction}:${peer}:5060 --->\n${startLine}\n${fields}Content-Length: 0\n\n\n`;
  const phone = `Via: SIP/2.0/UDP 192.168.1.50;branch=z9hG4bK1\nFrom: <sip:101@192.168.1.10>;tag=1\nCall-ID: phone\nCSeq: 1 INVITE\n`;
  const trunk = `Via: SIP/2.0/UDP 203.0.113.5;branch=z9hG4bK2\nFrom: <sip:4940765432@203.0.113.5>;tag=2\nCall-ID: trunk\nCSeq: 2 INVITE\n`;
  const callee = "sip:0049301234567@198.51.100.7";
  const text = [
    logged(
      "Received SIP request (9 bytes) from UDP",
      "192.168.1.50",
      "INVITE sip:0049301234567@192.168.1.10 SIP/2.0",
      `${phone}To: <sip:0049301234567@192.168.1.10>\n`,
    ),
    logged(
      "Transmitting SIP request (9 bytes) to UDP",
      "198.51.100.7",
      `INVITE ${callee} SIP/2.0`,
      `${trunk}To: <${callee}>\n`,
    ),
    logged(
      "Received SIP response (9 bytes) from UDP",
      "198.51.100.7",
      "SIP/2.0 404 Not Found",
      `${trunk}To: <${callee}>;tag=3\n`,
    ),
    logged(
      "Transmitting SIP response (9 bytes) to UDP",
      "192.168.1.50",
      "SIP/2.0 404 Not Found",
      `${phone}To: <sip:0049301234567@192.168.1.10>;tag=4\n`,
    ),
  ];
  const { calls } = await explainBytes("log", Buffer.from(text.join("")));
  expect(calls.map(({ links }) => links.map(({ kind }) => kind))).toEqual([["same-number"]]);
  expect(calls[0].findings.map(({ verdict, origin }) => [verdict, origin?.address])).toEqual([
    ["likely", "198.51.100.7:5060"],
  ]);
});

test("messages without a time that come before the first one with a time end at that, and how long they took is not told", async () => {
  const message = (startLine: string, tag: string, time = ""): string =>
    `${time}\n${startLine}\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\nFrom: <sip:a@x>;tag=1\nTo: <sip:b@x>${tag}\nCall-ID: one\nCSeq: 1 INVITE\nContent-Length: 0\n\n`;
  const text =
    message("INVITE sip:b@10.0.0.2 SIP/2.0", "") +
    message("SIP/2.0 486 Busy Here", ";tag=2", "2026-11-22 10:04:06.000");
  const report = await explainBytes("log", Buffer.from(text));
  const [{ startTime, durationSeconds, findings }] = report.calls;
  expect([report.captures[0].firstTime, startTime]).toEqual(Array(2).fill("2026-11-22T10:04:05.999000Z"));
  expect(durationSeconds).toBe(0.001);
  expect(findings.map(({ rule, verdict, values }) => [rule, verdict, values.millis])).toEqual([
    ["callee-busy", "likely", "?"],
  ]);
  expect(findings[0].evidence.map(({ time }) => time)).toEqual(["", "2026-11-22T10:04:06.000000Z"]);
});

test.for([
  ["sngrep.txt", ["zone"]],
  ["cisco-ccsip.txt", ["year", "zone"]],
  ["tcpdump-A.txt", ["day", "zone"]],
  ["homer-lines.jsonl", undefined],
  ["asterisk-chan-sip.txt", undefined],
] as const)("%s: its times lack %s", async ([name, lacks]) => {
  expect((await explainBytes(name, readFileSync(join(traces, name)))).captures[0].timesLack).toEqual(lacks);
});

test("times beside the lines of a log in JSON lack what they do not say", async () => {
  const [request] = readFileSync(join(traces, "bare-message.txt"), "latin1").split("\0");
  for (const [timestamp, lacks] of [
    ["2026-11-22 07:06:44.356", ["zone"]],
    ["2026-11-22T07:06:44.356Z", undefined],
  ] as const) {
    const report = await explainBytes("json", Buffer.from(JSON.stringify([{ timestamp, message: request }])));
    expect(report.captures[0].timesLack).toEqual(lacks);
  }
});

test("the time of another line is that of the message after it, and of no later one", async () => {
  const message = (startLine: string, tag: string): string =>
    `${startLine}\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\nFrom: <sip:a@x>;tag=1\nTo: <sip:b@x>${tag}\nCall-ID: one\nCSeq: 1 INVITE\nContent-Length: 0\n\n`;
  const text = `${message("INVITE sip:b@10.0.0.2 SIP/2.0", "")}
[2026-11-22 10:04:06] ERROR[1]: something else
${message("SIP/2.0 180 Ringing", ";tag=2")}
${message("SIP/2.0 486 Busy Here", ";tag=2")}`;
  const report = await explainBytes("log", Buffer.from(text));
  expect(report.captures[0].incidents.map(({ kind, count }) => [kind, count])).toContainEqual(["times-missing", 2]);
  expect(report.calls[0].findings[0].evidence.map(({ frame, time }) => [frame, time.slice(11, 19)])).toContainEqual([
    2,
    "10:04:06",
  ]);
});

test("packets that were printed in hexadecimal without a time are as messages without one", async () => {
  const timed = readFileSync(join(traces, "tcpdump-X.txt"), "utf8");
  const report = await explainBytes("hex", Buffer.from(timed.replace(/^[\d:.]+ IP /gmu, "IP ")));
  expect(report.captures[0].firstTime).toBeUndefined();
  expect(report.captures[0].messages).toBe((await explainBytes("hex", Buffer.from(timed))).captures[0].messages);
  expect(report.calls[0].findings[0].evidence.map(({ time }) => time)).toEqual(["", "", ""]);
});
