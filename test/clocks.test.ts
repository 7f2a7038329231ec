import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyze, type Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { type CaptureRecord, joinRecords, readRecords } from "../tools/score/captureRecords.ts";
import { capturesFolder } from "./explain.ts";

const CALLER = "10.9.0.10";
const EDGE = "10.9.0.20";
const CORE = "10.9.0.21";
const CALLEE = "10.9.0.30";
const SILENT = "i-408-uas-silent-blackhole.pcap";

/** Behind the 16 bytes of a pcap record and 14 of Ethernet, the addresses of IPv4. */
function goesThrough(host: string, { bytes }: CaptureRecord): boolean {
  const address = (at: number): string => bytes.subarray(at, at + 4).join(".");
  return address(16 + 26) === host || address(16 + 30) === host;
}

function comesFrom(host: string, { bytes }: CaptureRecord): boolean {
  return bytes.subarray(16 + 26, 16 + 30).join(".") === host;
}

function later(record: CaptureRecord, seconds: number): CaptureRecord {
  const bytes = new Uint8Array(record.bytes);
  const view = new DataView(bytes.buffer);
  const micros = view.getUint32(0, true) * 1_000_000 + view.getUint32(4, true) + seconds * 1_000_000;
  view.setUint32(0, Math.floor(micros / 1_000_000), true);
  view.setUint32(4, micros % 1_000_000, true);
  return { ...record, bytes };
}

/** What the two proxies would have captured, each by its own clock. */
function atTwoHosts(file: string, seconds: number): { readonly edge: Uint8Array; readonly core: Uint8Array } {
  return { edge: seenAt(EDGE, file, 0), core: seenAt(CORE, file, seconds) };
}

/** What one host would have captured, its clock so far ahead. */
function seenAt(host: string, file: string, seconds: number): Uint8Array {
  const { head, records } = readRecords(readFileSync(join(capturesFolder, file)))!;
  const own = records.filter((record) => goesThrough(host, record));
  return joinRecords({ head, records: own.map((record) => later(record, seconds)) });
}

function explainBoth(edge: Uint8Array, core: Uint8Array): Promise<Report> {
  const inputs = [
    { name: "edge.pcap", bytes: edge },
    { name: "core.pcap", bytes: core },
  ];
  return analyze(inputs, { language });
}

function said({ calls }: Report): readonly string[] {
  return calls.flatMap(({ outcome, findings }) => [
    `${outcome.kind} ${outcome.statusCode}`,
    ...findings.map(({ rule, cause, verdict, statusCode, origin }) =>
      [rule, cause, verdict, statusCode, origin?.address].join(" "),
    ),
  ]);
}

const captures = [
  "a-plain-200.pcap",
  "f1-502-malformed-badline.pcap",
  "g-502-q850-38.pcap",
  "i-486.pcap",
  "i-487-cancel.pcap",
];

describe("one call captured at two hosts is explained like from one capture", () => {
  test.for(captures.flatMap((file) => [-3.2, 3.2, 7200].map((seconds) => [file, seconds] as const)))(
    "%s, clocks %f s apart",
    async ([file, seconds]) => {
      const whole = await analyze([{ name: file, bytes: readFileSync(join(capturesFolder, file)) }], { language });
      const { edge, core } = atTwoHosts(file, seconds);
      const report = await explainBoth(edge, core);
      expect(said(report)).toEqual(said(whole));
      const offset = report.captures[1].incidents.find(({ kind }) => kind === "clock-offset");
      expect(offset?.text).toContain(`edge.pcap by ${seconds > 0 ? "+" : ""}${seconds.toFixed(3)} s`);
    },
  );

  test("and what both hold is no packet that was captured twice", async () => {
    const { edge, core } = atTwoHosts("i-486.pcap", 0);
    const report = await explainBoth(edge, core);
    expect([report.captures[1].incidents, report.findings]).toEqual([[], []]);
  });

  test("and one at the end of its file says when by its own clock", async () => {
    const { edge, core } = atTwoHosts("i-486.pcap", 3.2);
    const report = await explainBoth(edge, core);
    expect(Date.parse(report.captures[1].firstTime!) - Date.parse(report.captures[0].firstTime!)).toBeGreaterThan(3000);
    expect(report.calls[0].startTime).toBe(report.captures[0].firstTime);
  });
});

describe("captures at the two ends, with proxies between them that change each message, are explained like with right clocks", () => {
  // Of f1 no answer passes both: the proxy makes its own of one that it cannot read.
  const passing = captures.filter((file) => !file.startsWith("f1"));
  test.for(passing.flatMap((file) => [-3600, -0.5, 7, 86_400].map((seconds) => [file, seconds] as const)))(
    "%s, clocks %f s apart",
    async ([file, seconds]) => {
      const caller = seenAt(CALLER, file, 0);
      const right = await explainBoth(caller, seenAt(CALLEE, file, 0));
      const report = await explainBoth(caller, seenAt(CALLEE, file, seconds));
      expect(said(report)).toEqual(said(right));
      expect(report.calls.map(({ startTime }) => startTime)).toEqual(right.calls.map(({ startTime }) => startTime));
      const offset = report.captures[1].incidents.find(({ kind }) => kind === "clock-offset");
      const [, told, margin] = /by ([-+\d.]+) s, give or take ([\d.]+) s/.exec(offset?.text ?? "") ?? [];
      expect(Math.abs(Number(told) - seconds)).toBeLessThanOrEqual(Number(margin) + 0.001);
      expect(Number(margin)).toBeLessThan(0.1);
    },
  );

  test("also where the request was refused because nothing came back", async () => {
    const edge = seenAt(EDGE, SILENT, 0);
    const report = await explainBoth(edge, seenAt(CALLEE, SILENT, -3600));
    const right = await explainBoth(edge, seenAt(CALLEE, SILENT, 0));
    // By less than a second more or less, which nothing tells, nothing is certain about what came before what.
    expect([said(right).join(), said(report)]).toEqual([expect.stringContaining(" likely "), said(right)]);
    expect(report.calls).toHaveLength(1);
    expect(report.captures[1].incidents.map(({ kind }) => kind)).toContain("clock-offset");
  });

  test("and where what passed between the proxies is not in view, neither of them is the one who refused it", async () => {
    const report = await explainBoth(seenAt(CALLER, SILENT, 0), seenAt(CALLEE, SILENT, -3600));
    const [{ verdict, origin }] = report.calls.flatMap(({ findings }) => findings);
    expect([verdict, origin?.address, origin?.orBehind]).toEqual(["likely", "10.9.0.20:5060", true]);
  });

  test("and nothing is shifted where the clocks may be right", async () => {
    const report = await explainBoth(seenAt(CALLER, "i-486.pcap", 0), seenAt(CALLEE, "i-486.pcap", 0));
    expect(report.captures.flatMap(({ incidents }) => incidents)).toEqual([]);
  });
});

test("captures that have no message in common are merged by the times they say", async () => {
  const [first, second] = ["i-486.pcap", "i-603.pcap"].map((file) => readFileSync(join(capturesFolder, file)));
  const report = await explainBoth(first, second);
  expect(report.captures.flatMap(({ incidents }) => incidents)).toEqual([]);
  expect(report.calls).toHaveLength(2);
});

test("where captures ran at the same time and no message says how far their clocks are apart, nothing is certain that both must show", async () => {
  const file = readFileSync(join(capturesFolder, "e-refer-notify-481.pcap"));
  const { head, records } = readRecords(file)!;
  const sent = records.filter((record) => comesFrom(CALLER, record));
  const others = records.filter((record) => !comesFrom(CALLER, record));
  const certain = async (seconds: number): Promise<number> => {
    const late = others.map((record) => later(record, seconds));
    const report = await explainBoth(joinRecords({ head, records: sent }), joinRecords({ head, records: late }));
    return report.calls
      .flatMap(({ findings }) => findings)
      .filter(
        ({ verdict, evidence }) => verdict === "certain" && new Set(evidence.map(({ capture }) => capture)).size > 1,
      ).length;
  };
  expect([await certain(0), await certain(0.4)]).toEqual([0, 0]);
});
