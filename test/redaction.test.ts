import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pcapOf, readCallTraffic, redactTraffic } from "../packages/core/src/export/index.ts";
import { analyze, type Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { Redactor, redactReport } from "../packages/core/src/redaction/index.ts";
import { capturesFolder } from "./explain.ts";
import { root } from "./sources.ts";

const tracesFolder = join(root, "fixtures", "traces");
const files = [capturesFolder, tracesFolder].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.(?:pcap(?:ng)?|txt|log)$/u.test(name))
    .map((name) => join(folder, name)),
);

/** What is exported are messages: audio would name people by their voices. */
const byAudio = ["media-missing"];

/** What was found, without words. Of a log without times it is less sure than of the pcap made of it, which has some. */
function foundIn({ calls }: Report, hasTimes: boolean): unknown {
  return calls.map(({ kind, outcome, findings }) => ({
    kind,
    outcome,
    findings: findings
      .filter(({ rule }) => !byAudio.includes(rule))
      .map(({ rule, cause, verdict, statusCode }) => ({ rule, cause, verdict: hasTimes ? verdict : "", statusCode })),
  }));
}

/** Who and where: user parts, hosts and addresses that the report itself names. */
function namesIn({ calls }: Report): string[] {
  const uris = calls.flatMap(({ from, to }) => [from, to]);
  const users = uris.flatMap((uri) => /^sips?:([^@;]+)@/u.exec(uri)?.[1] ?? []);
  const hosts = uris.flatMap((uri) => /@([^:;>]+)/u.exec(uri)?.[1] ?? []);
  return [...new Set([...users, ...hosts])].filter((name) => name.length > 3 && !/^[\d.]+$|^\[/u.test(name));
}

test.each(files)("%s says the same when it is redacted, and names nobody", async (file) => {
  const bytes = new Uint8Array(readFileSync(file));
  const inputs = [{ name: file, bytes }];
  const plain = await analyze(inputs, { language, messages: true });
  const { messages } = await readCallTraffic(inputs, {
    language,
    callIds: plain.calls.flatMap(({ callIds }) => callIds),
  });
  const redactor = new Redactor();
  const pcap = pcapOf(redactTraffic(messages, redactor));
  const again = await analyze([{ name: "redacted.pcap", bytes: pcap }], { language });
  const hasTimes = plain.calls.every(({ untimed }) => untimed !== true);
  expect(foundIn(again, hasTimes)).toEqual(foundIn(plain, hasTimes));

  const { report } = redactReport(plain, language, redactor);
  // Counts by protocol are ours, and a user may have the name of a protocol.
  const captures = report.captures.map(({ input: _input, ...rest }) => rest);
  const told = JSON.stringify({ ...report, captures }) + Buffer.from(pcap).toString("latin1");
  // A product may have the name of a user; that it was used is no secret.
  const products = plain.calls.flatMap(({ findings }) => findings.map(({ origin }) => origin?.product ?? "")).join(" ");
  const named = namesIn(plain).filter((name) => !products.includes(name));
  expect(
    named.filter((name) =>
      new RegExp(`(?<![\\w.-])${name.replace(/[+.*?^$()[\]\\|{}]/gu, "\\$&")}(?![\\w.-])`, "u").test(told),
    ),
  ).toEqual([]);
});
