import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { pcapOf, readCallTraffic, redactTraffic, type SentMessage } from "../packages/core/src/export/index.ts";
import { analyze } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { Redactor } from "../packages/core/src/redaction/index.ts";
import { capturesFolder } from "./explain.ts";
import { peer, type Run } from "./peers.ts";

const folder = mkdtempSync(join(tmpdir(), "sipwhy-export-"));
afterAll(() => rmSync(folder, { recursive: true }));

const withTshark = peer("tshark");
const fields = [
  "sip.Method",
  "sip.Status-Code",
  "sip.Call-ID",
  "sip.CSeq",
  "sip.Via.branch",
  "udp.srcport",
  "udp.dstport",
];

/** What tshark reads of each SIP message; checksums are checked. */
function read(run: Run, file: string, ...more: readonly string[]): string[] {
  const checks = ["ip.check_checksum", "udp.check_checksum", "tcp.check_checksum"].flatMap((name) => [
    "-o",
    `${name}:TRUE`,
  ]);
  const columns = [...fields, ...more].flatMap((field) => ["-e", field]);
  return run(["-n", "-r", file, ...checks, "-Y", "sip", "-T", "fields", ...columns])
    .trim()
    .split("\n");
}

function writePcap(name: string, messages: readonly SentMessage[]): string {
  const path = join(folder, name);
  writeFileSync(path, pcapOf(messages));
  return path;
}

withTshark("a call that is exported reads as the same SIP, at the same times", async (run) => {
  for (const name of ["b-refer-success.pcap", "i-487-cancel.pcap", "m-ipv6.pcap"]) {
    const path = join(capturesFolder, name);
    const inputs = [{ name, bytes: new Uint8Array(readFileSync(path)) }];
    const { calls } = await analyze(inputs, { language });
    const { messages } = await readCallTraffic(inputs, { language, callIds: calls.flatMap(({ callIds }) => callIds) });
    const more = ["frame.time_epoch", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst"];
    expect(read(run, writePcap(name, messages), ...more)).toEqual(read(run, path, ...more));
  }
});

withTshark("only the messages of the call are exported", async (run) => {
  const name = "p-baresip-register-call-rtp.pcap";
  const inputs = [{ name, bytes: new Uint8Array(readFileSync(join(capturesFolder, name))) }];
  const { calls } = await analyze(inputs, { language });
  const call = calls.find(({ kind }) => kind === "call")!;
  const { messages } = await readCallTraffic(inputs, { language, callIds: call.callIds });
  const callIds = read(run, writePcap(name, messages)).map((line) => line.split("\t")[2]);
  expect([...new Set(callIds)]).toEqual(call.callIds);
});

const badChecksums = '_ws.expert.message contains "hecksum"';

withTshark("what was redacted has other addresses and right checksums", async (run) => {
  const name = "h1-407-wrong-password-loop.pcap";
  const inputs = [{ name, bytes: new Uint8Array(readFileSync(join(capturesFolder, name))) }];
  const { calls } = await analyze(inputs, { language });
  const { messages } = await readCallTraffic(inputs, { language, callIds: calls[0].callIds });
  const path = writePcap("redacted.pcap", redactTraffic(messages, new Redactor()));
  const lines = read(run, path, "ip.src", "udp.checksum.status", "ip.checksum.status");
  expect(lines).toHaveLength(messages.length);
  expect(lines.filter((line) => !line.endsWith("\t1\t1"))).toEqual([]);
  expect(lines.join("\n")).not.toContain("10.9.0.");
  expect(run(["-n", "-r", path, "-Y", badChecksums])).toBe("");
  expect(run(["-n", "-r", path, "-Y", "_ws.malformed"])).toBe("");
});

withTshark("streams, TLS and WebSocket read as SIP, long messages too", (run) => {
  const text = (method: string, length: number): Uint8Array =>
    new TextEncoder().encode(
      `${method} sip:b@example.test SIP/2.0\r\nVia: SIP/2.0/TCP 10.0.0.1;branch=z9hG4bK${method}\r\nFrom: <sip:a@example.test>;tag=1\r\nTo: <sip:b@example.test>\r\nCall-ID: a\r\nCSeq: 1 ${method}\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n${"x".repeat(length)}`,
    );
  const sides = [
    { source: { address: "10.0.0.1", port: 40_000 }, destination: { address: "10.0.0.2", port: 5060 } },
    { source: { address: "10.0.0.1", port: 40_001 }, destination: { address: "10.0.0.2", port: 5061 } },
    { source: { address: "fd00::1", port: 40_002 }, destination: { address: "fd00::2", port: 443 } },
    { source: { address: "pbx", port: 0 }, destination: { address: "10.0.0.2", port: 5060 } },
  ];
  const transports = ["tcp", "tls", "wss", "udp"] as const;
  const sent = ["MESSAGE", "INFO", "OPTIONS"].flatMap((method, round) =>
    sides.map((side, index) => ({
      ...side,
      transport: transports[index],
      timeMicros: round * 1e6 + index,
      bytes: text(method, round * 20_000),
    })),
  );
  const lines = read(run, writePcap("streams.pcap", sent));
  expect(lines.map((line) => line.split("\t")[0]).toSorted()).toEqual(
    sent.map((_each, index) => ["INFO", "MESSAGE", "OPTIONS"][Math.floor(index / 4)]),
  );
});

test("what is kept of a call is limited, and says so", async () => {
  const name = "b-refer-success.pcap";
  const inputs = [{ name, bytes: new Uint8Array(readFileSync(join(capturesFolder, name))) }];
  const { calls } = await analyze(inputs, { language });
  const traffic = await readCallTraffic(inputs, { language, callIds: calls[0].callIds, mostBytes: 10_000 });
  expect(traffic.cut).toBe(true);
  expect(traffic.messages.length).toBeGreaterThan(3);
  expect(traffic.messages.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(10_000);
});

test("every message comes with what the report tells of it", async () => {
  const name = "k-tcp-segments.pcap";
  const inputs = [{ name, bytes: new Uint8Array(readFileSync(join(capturesFolder, name))) }];
  const { calls } = await analyze(inputs, { language, messages: true });
  expect(calls.flatMap(({ messages = [] }) => messages).length).toBeGreaterThan(1);
  for (const { callIds, messages: reported } of calls) {
    const { messages } = await readCallTraffic(inputs, { language, callIds });
    expect(messages.map(({ report }) => report)).toEqual(reported);
    for (const { bytes, report } of messages) {
      expect(
        Buffer.from(bytes)
          .toString("latin1")
          .startsWith(report!.statusCode === undefined ? report!.method : "SIP/2.0"),
      ).toBe(true);
    }
  }
});
