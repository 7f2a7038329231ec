import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import type { Report } from "../packages/core/src/index.ts";
import type { Packet } from "../packages/core/src/network/packet.ts";
import { readRuleFixture } from "../packages/core/src/diagnosis/ruleFixture.fixture.ts";
import { traffic } from "../packages/core/src/diagnosis/traffic.fixture.ts";
import { capturesFolder } from "./explain.ts";
import { pcapBytes } from "./hostile/pcapBytes.ts";
import { places, poisoned, withCallIds } from "./hostile/poison.ts";
import { root } from "./sources.ts";

const folder = mkdtempSync(join(tmpdir(), "sipwhy-hostile-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** One character a byte. */
const poisons: Readonly<Record<string, string>> = {
  "control characters": "\x1b]0;owned\x07\x1b[2J\x1bPq\x1b\\\b\x7f\x00\x9b2J\x9d0;owned\x9c\xc2\x9b2J\xc2\x85",
  "lone surrogates and other octets that are no UTF-8": "\xed\xa0\xbd\xed\xb0\x80\xff\xc0\x80\xf4\x90\x80\x80",
  "bidirectional controls": bytesOf("\u202eexe.pcap\u2066\u200f\u061c\u2028\ufeff\u{e0041}"),
  "line breaks": "a\rProof forged\rb\x0bc\x0cd\r\n Proof forged\r\n\tb\nProof forged",
  markup: "</code><script>alert(1)</script>![i](http://e.example)|``` \\",
  "names of what every object has": "__proto__",
};

test.each(Object.entries(poisons))("%s print safely in every place", (kind, poison) => {
  const path = join(folder, `${kind}.pcap`);
  const packets = places.flatMap((place, index) => rulesTraffic(index).map((each) => poisoned(each, place, poison)));
  writeFileSync(path, pcapBytes(packets));
  expect(printsSafely(path).calls.length).toBeGreaterThan(1000);
});

test("the fixtures that are poisoned make nearly every rule speak", () => {
  const path = join(folder, "harmless.pcap");
  writeFileSync(path, pcapBytes(rulesTraffic(0)));
  const rules = new Set(printsSafely(path).calls.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  expect(rules.size).toBeGreaterThan(35);
});

const WORDS_OF_OBJECTS = ["__proto__", "constructor", "toString", "hasOwnProperty"];

test.each(WORDS_OF_OBJECTS)("%s is a Call-ID, a user, a method, a field and a package like any other", (word) => {
  const path = join(folder, `${word}.pcap`);
  writeFileSync(path, pcapBytes(traffic(conversation(word))));
  const report = printsSafely(path);
  expect(report.calls.map(({ callIds }) => callIds)).toEqual([[word], [`${word}2`]]);
  expect(report.calls[0]).toMatchObject({
    from: `sip:${word}@example.com`,
    outcome: { kind: "busy", statusCode: 486 },
  });
  expect(JSON.stringify(report)).not.toMatch(/\[object|native code|undefined/);
});

function conversation(word: string): string {
  return `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:${word}@example.com SIP/2.0
From: <sip:${word}@example.com>;tag=${word}
Call-ID: ${word}
Event: ${word}
Supported: ${word}
Reason: ${word};cause=${word};text="${word}"
Proxy-Authorization: ${word} ${word}=${word}
${word}: ${word}
Content-Type: ${word}/${word}

${word}

10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 486 ${word}
Call-ID: ${word}
Server: ${word}
Reason: ${word};cause=${word}
Warning: 399 ${word} "${word}"

10.0.0.1:5060 > 10.0.0.2:5060 at 1
${word} sip:${word}@example.com SIP/2.0
Call-ID: ${word}2
CSeq: 1 ${word}

10.0.0.2:5060 > 10.0.0.1:5060 at 1.1
SIP/2.0 405 ${word}
Call-ID: ${word}2
CSeq: 1 ${word}
Allow: ${word}`;
}

const LONG_FIELDS = ["Subject", "From", "To", "Call-ID", "Contact", "Reason", "Warning", "X-Unknown", "Via"];

test("fields that fill a datagram are not printed in full, and take no time", () => {
  const long = "x".repeat(60_000);
  const requests = LONG_FIELDS.map((name, index) => {
    const value = ["From", "To", "Contact"].includes(name) ? `<sip:${long}@example.com>` : long;
    const field = `${name}: ${name === "Via" ? "SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK" : ""}${value}`;
    const callId = `Call-ID: ${name === "Call-ID" ? long : index}`;
    return `
10.0.0.1:5060 > 10.0.0.2:5060 at ${index}
INVITE sip:bob@example.com SIP/2.0
${[...new Set([callId, field])].join("\n")}

10.0.0.2:5060 > 10.0.0.1:5060 at ${index}.5
SIP/2.0 400 Bad Request
${callId}`;
  });
  const path = join(folder, "long.pcap");
  writeFileSync(path, pcapBytes(traffic(requests.join("\n\n"))));
  const report = printsShortly(path);
  expect(report.calls.length).toBe(LONG_FIELDS.length);
});

test("a field of a megabyte, in a stream or in a log, is not printed in full", () => {
  const long = "x".repeat(1_000_000);
  const stream = join(folder, "stream.pcap");
  const messages = traffic(`
10.0.0.1:40000 > 10.0.0.2:5060 at 0 over tcp
INVITE sip:bob@example.com SIP/2.0
Subject: ${long}

10.0.0.3:5060 > 10.0.0.2:5060 at 1
OPTIONS sip:bob@example.com SIP/2.0`);
  writeFileSync(stream, pcapBytes(messages));
  const report = printsShortly(stream);
  expect(report.captures[0].incidents.map(({ kind }) => kind)).toContain("limit-reached");
  expect(report.calls.map(({ kind }) => kind)).toEqual(["options"]);

  const log = readFileSync(join(capturesFolder, "a-plain-200.sipp-uac.log"), "utf8");
  const path = join(folder, "long.log");
  writeFileSync(path, log.replaceAll(/^CSeq:/gm, `Subject: ${long}\r\nCSeq:`));
  printsShortly(path);
});

/** Returns the report. */
function printsShortly(path: string): Report {
  const [text, markdown] = inAllFormats(path);
  expect([text, markdown].map(({ length }) => length).filter((length) => length > 100_000)).toEqual([]);
  return printsSafely(path);
}

test("names of files and what is asked for cannot command the terminal either", () => {
  const path = join(folder, "\x1b]0;owned\x07\u202e.pcap");
  writeFileSync(path, readFileSync(join(capturesFolder, "i-486.pcap")));
  printsSafely(path);
  const word = "\x1b[2J\u202e";
  const files = [[`${path}.missing`], [path, "--call", word], [path, `--${word}`], [path, "--lang", word], [word]];
  const lookUps = [
    ["502", word],
    ["search", word],
    ["reason", word],
    ["q850", word],
    ["codes", word],
  ];
  const asJson = lookUps.map((words) => [...words, "--format", "json"]);
  const { stdout, stderr } = runAll([...files, ...lookUps, ...asJson]);
  expect(unsafeIn(stdout.replaceAll(END, "") + stderr)).toEqual([]);
});

/** In all formats; returns the report. */
function printsSafely(path: string): Report {
  const outputs = inAllFormats(path);
  expect(outputs.flatMap(unsafeIn)).toEqual([]);
  expect(outputs.filter((output) => /^Proof forged/m.test(output))).toEqual([]);
  return JSON.parse(outputs[2]);
}

/** As text, Markdown, JSON and HTML. */
function inAllFormats(path: string): string[] {
  const { stdout, stderr, status } = runAll(
    ["text", "markdown", "json", "html"].map((format) => [path, "--ladder", "--explain-input", "--format", format]),
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout.split(END).slice(0, 4);
}

/** What acts on a terminal or misleads its reader, each with what stands round it. */
function unsafeIn(output: string): string[] {
  const unsafe =
    /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/gu;
  const found = [...output.matchAll(unsafe)].slice(0, 5);
  return found.map(({ index }) => JSON.stringify(output.slice(Math.max(0, index - 20), index + 20)));
}

const END = "\0end of output\0";

/** Several command lines in one process, whose start would take most of the time. */
function runAll(lines: readonly (readonly string[])[]): { stdout: string; stderr: string; status: number | null } {
  const main = pathToFileURL(join(root, "packages/cli/src/main.ts")).href;
  const code = `
    import { main } from ${JSON.stringify(main)};
    for (const args of ${JSON.stringify(lines)}) {
      await main(args, process);
      process.stdout.write(${JSON.stringify(END)});
    }`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--conditions=source", "--eval", code], {
    maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH },
  });
  const decode = (bytes: Uint8Array): string =>
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  return { stdout: decode(stdout), stderr: decode(stderr), status };
}

function bytesOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The datagrams of each case of every rule fixture. */
const rulesPackets: readonly (readonly Packet[])[] = (() => {
  const rules = join(root, "packages/core/src/diagnosis/rules");
  const names = readdirSync(rules).filter((name) => name.endsWith(".fixture.md"));
  const cases = names.flatMap((name) => readRuleFixture(readFileSync(join(rules, name), "utf8")));
  return cases.map(({ packets }) => packets.filter(({ transport }) => transport === "udp"));
})();

/** Each case has Call-IDs of its own, and each round others. */
function rulesTraffic(round: number): Packet[] {
  return rulesPackets.flatMap((packets, index) => packets.map((packet) => withCallIds(packet, `${round}-${index}-`)));
}
