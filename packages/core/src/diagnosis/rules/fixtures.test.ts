import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { language as english } from "../../language/languages/en.ts";
import { inferredEndpointOf } from "../../network/endpoint.ts";
import type { Packet } from "../../network/packet.ts";
import { Analysis } from "../analysis.ts";
import type { AnyRule } from "../diagnose.ts";
import type { FindingReport, Report } from "../report.ts";
import { type Expected, readRuleFixture, type RuleCase } from "../ruleFixture.fixture.ts";
import { rules } from "../rules.generated.ts";

const folder = new URL("./", import.meta.url);
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith(".fixture.md"))
  .map((name) => ({
    rule: name.replace(".fixture.md", ""),
    cases: readRuleFixture(readFileSync(new URL(name, folder), "utf8")),
  }));

describe.each(fixtures)("$rule", ({ rule, cases }) => {
  test.each(cases)("$heading", (each) => {
    expect(complaints(rule, each)).toEqual([]);
  });
});

test.each(fixtures)("$rule is a rule, and has a case that fires, a near miss and a cut capture", ({ rule, cases }) => {
  const ids: readonly string[] = rules.map(({ id }) => id);
  expect(ids).toContain(rule);
  const kinds = new Set(cases.map(({ heading }) => heading.split(":")[0]));
  expect([...kinds].sort()).toEqual(["cut", "fires", "near miss"]);
});

describe("from a log that names no sides", () => {
  const certain = fixtures.flatMap(({ rule, cases }) =>
    cases
      .filter(({ expected }) => expected.kind === "fires" && expected.verdict === "certain")
      .map((each) => ({ rule, each })),
  );
  const reports = certain.map(({ rule, each }) => ({
    rule,
    cause: each.expected.kind === "fires" ? each.expected.cause : undefined,
    report: reportOf({ ...each, packets: each.packets.map(withInferredSides) }),
  }));

  test("nothing is certain that rests on comparing them, and the report says what would decide", () => {
    const lowered = reports.filter(({ rule, cause }) => restsOnSides(rule, cause));
    const own = lowered.flatMap(({ rule, report }) => perCall(rule, report).flat());
    expect(own.length).toBeGreaterThan(5);
    expect(own.map(({ verdict }) => verdict)).not.toContain("certain");
    expect(own.every(({ missing }) => missing.some((text) => text.includes("does not name both sides")))).toBe(true);
  });

  test("an origin says that it was inferred", () => {
    const origins = reports.flatMap(({ report }) =>
      report.calls.flatMap(({ findings }) => findings.flatMap(({ origin }) => origin ?? [])),
    );
    expect(origins.length).toBeGreaterThan(50);
    for (const { basis, address } of origins) expect(basis.join(" ")).toContain(`The log does not name ${address}`);
  });
});

test("of several captures, every sentence that names a frame names the capture too", () => {
  const sentences = fixtures.flatMap(({ cases }) =>
    cases.flatMap((each) => {
      const { calls, findings } = reportOf(each, ["fixture", "other"]);
      return [...calls.flatMap((call) => call.findings), ...findings].flatMap(({ why, fix, origin, readings = [] }) => [
        why,
        ...fix,
        ...(origin?.basis ?? []),
        ...readings.map((reading) => reading.why),
      ]);
    }),
  );
  const frames = sentences.flatMap((text) => text.match(/\bframe \d[\d:]*/gu) ?? []);
  expect(frames.length).toBeGreaterThan(50);
  expect(frames.filter((name) => !/^frame 1:\d+$/u.test(name))).toEqual([]);
});

function restsOnSides(id: string, cause: string | undefined): boolean {
  const rests = (rules as readonly AnyRule[]).find((rule) => rule.id === id)?.restsOnSides;
  return rests === true || (cause !== undefined && rests?.includes(cause) === true);
}

function withInferredSides(packet: Packet): Packet {
  const { source, destination } = packet;
  return {
    ...packet,
    source: inferredEndpointOf(source.address, source.port),
    destination: inferredEndpointOf(destination.address, destination.port),
  };
}

/** All in which the report differs from what the case expects. */
function complaints(rule: string, each: RuleCase): string[] {
  const report = reportOf(each);
  const findings = [...report.calls.flatMap((call) => call.findings), ...report.findings];
  const own = findings.filter((finding) => finding.rule === rule);
  const others = each.alone ? findings.filter((finding) => finding.rule !== rule) : [];
  const origin = own[0]?.origin?.address;
  const element = own[0]?.element;
  return [
    ...mismatch(each.expected, perCall(rule, report)),
    ...(each.origin === undefined || each.origin === origin ? [] : [`the origin is ${origin}, not ${each.origin}`]),
    ...(each.element === undefined || each.element === element
      ? []
      : [`the element is ${element}, not ${each.element}`]),
    ...own.filter(({ why }) => !why.includes(each.says ?? "")).map(({ why }) => `"${why}" does not say "${each.says}"`),
    ...own
      .filter(({ fix }) => !fix.some((step) => step.includes(each.advises ?? "")))
      .map(() => `no step says "${each.advises}"`),
    ...own
      .filter(({ readings = [] }) => each.or !== undefined && !readings.some(({ cause }) => cause === each.or))
      .map(() => `${each.or} is not among what fits too`),
    ...others.map((other) => `${other.rule} ${other.cause} has a finding too`),
    ...own.flatMap(unreadable),
  ];
}

function reportOf({ packets, events, observedUntilMicros, credentials }: RuleCase, names = ["fixture"]): Report {
  const analysis = new Analysis({ language: english, names, credentials, digest: md5 });
  for (const event of events) analysis.pushEvent(event);
  for (const packet of packets) analysis.pushPacket(packet);
  analysis.observe(observedUntilMicros);
  return analysis.finish();
}

function md5(_algorithm: string, data: string | Uint8Array): string {
  return createHash("md5").update(data).digest("hex");
}

/** What the rule found in each call in which it found something, and in the captures. */
function perCall(rule: string, report: Report): FindingReport[][] {
  return [...report.calls, report]
    .map(({ findings }) => findings.filter((finding) => finding.rule === rule))
    .filter((findings) => findings.length > 0);
}

/** Calls of one case that are alike, such as two that meet the same limit, are expected once. */
function mismatch(expected: Expected, calls: readonly FindingReport[][]): string[] {
  const wanted = expected.kind === "nothing" ? "" : [expected.cause, expected.verdict].filter(Boolean).join(", ");
  const inWords = ({ cause, verdict }: FindingReport): string =>
    [expected.kind === "cut" ? undefined : cause, verdict].filter(Boolean).join(", ");
  const seen = [...new Set(calls.map((findings) => findings.map(inWords).join("; ")))].join(" | ");
  return seen === wanted ? [] : [`found "${seen}", not "${wanted}"`];
}

/** Every sentence is there with its values, and there is a proof. */
function unreadable({ title, why, fix, missing, readings = [], evidence, verdict }: FindingReport): string[] {
  const sentences = [
    title,
    why,
    ...fix,
    ...missing,
    ...readings.flatMap((reading) => [reading.why, reading.decidedBy]),
  ];
  return [
    ...sentences
      .filter((text) => text === "" || /\{\$|undefined|NaN|: \./u.test(text))
      .map((text) => `unreadable: "${text}"`),
    ...(fix.length === 0 ? ["no fix"] : []),
    ...(evidence.length === 0 ? ["no evidence"] : []),
    ...(verdict === "indeterminate" && missing.length === 0 ? ["nothing is missing, yet it is indeterminate"] : []),
  ];
}
