import { describe, expect, test } from "vitest";
import type { CallReport, FindingReport, Report } from "../packages/core/src/diagnosis/report.ts";
import { lossesOf } from "./invariance/losses.ts";
import { readTraffic, reportOf, type Traffic } from "./invariance/traffic.ts";

/** Of one kind in one traffic. */
const MOST_LOSSES = 3;

const saysIt = "the answer says so itself; that the request was mended, or what it contradicts, is what was lost";
const bytesShowIt = "the bytes of the message show it; what came of it, which another rule tells, is what was lost";
const onePhone = "true of this phone; what became of the call elsewhere is what was lost";
const ofThisHop = "it shows so of this hop; the answer that was made of it is what was lost";
const otherLeg = "who sees one leg of a B2BUA sees a phone: nothing on this leg says otherwise";

/** Findings that stand whatever was lost, though the whole capture tells something else in their place, with the reason. */
const stands: Readonly<Record<string, string>> = {
  "body-refused content-type": saysIt,
  "number-not-found incomplete": saysIt,
  "number-not-found scheme-unsupported": saysIt,
  "request-refused condition-failed": saysIt,
  "transfer-refused": saysIt,
  "transfer-notify-rejected method-unsupported": saysIt,
  "transfer-notify-rejected subscription-unknown": saysIt,
  "method-refused not-allowed": saysIt,
  "method-refused not-implemented": saysIt,
  "media-not-acceptable no-common-codec": saysIt,
  "request-timed-out sent-to-non-invite": saysIt,
  "dialog-unknown replaces-unmatched": saysIt,
  "dialog-unknown already-ended": "the BYE before it ended the call; that it was harmless is what was lost",
  "request-unanswered icmp-unreachable": ofThisHop,
  "request-unanswered connection-dead": ofThisHop,
  "request-unanswered not-sip": ofThisHop,
  "connection-not-opened refused": "it was refused; the call that tells of it is what was lost",
  "response-malformed field-missing": bytesShowIt,
  "response-malformed syntax": bytesShowIt,
  "response-malformed status-line": bytesShowIt,
  "callee-busy person-busy": `${onePhone}; or ${otherLeg}`,
  "hops-exhausted-at-source": otherLeg,
  "service-unavailable local-send-failure":
    "it was not delivered; that a phone had closed its connection before is what was lost",
  "ended-in-between by-itself": "its BYEs show who ended the call; what it had asked for before is what was lost",
  "registration-lapsed granted-shorter": "both are true: a short grant, and no refresh in that time",
  "request-timed-out next-hop-silent": "nothing came from there; that the phone is behind a NAT is what was lost",
};

/** They tell of captures, and a capture that lost packets has findings of its own. */
const aboutCaptures: ReadonlySet<string> = new Set(["capture-incomplete"]);

const used = new Set<string>();

describe("what a capture lost makes nothing certain that is not so, in", () => {
  test.each(Object.entries(readTraffic()))("%s", (_source, traffics) => {
    expect(traffics.flatMap(madeCertain)).toEqual([]);
  });

  test("and what stands all the same does occur", () => {
    expect(Object.keys(stands).filter((finding) => !used.has(finding))).toEqual([]);
  });
});

function madeCertain(traffic: Traffic): string[] {
  const whole = reportOf(traffic);
  return lossesOf(traffic, MOST_LOSSES).flatMap(({ kind, traffic: lossy }) =>
    certainOnlyIn(reportOf(lossy), whole).map((said) => `${traffic.name}, without ${kind}: ${said}`),
  );
}

function certainOnlyIn(lossy: Report, whole: Report): string[] {
  const ofCalls = lossy.calls.flatMap((call) => certainOnlyOf(call.findings, findingsOn(call, whole)));
  return [...ofCalls, ...certainOnlyOf(lossy.findings, whole.findings)];
}

function certainOnlyOf(findings: readonly FindingReport[], known: readonly FindingReport[]): string[] {
  return findings
    .filter(({ rule, verdict }) => verdict === "certain" && !aboutCaptures.has(rule))
    .filter((finding) => !known.some((other) => other.verdict === "certain" && agrees(finding, other)))
    .filter((finding) => !isAccepted(finding, known))
    .map((finding) => `${summaryOf(finding)}; whole: ${known.map(summaryOf).join(", ") || "nothing"}`);
}

function findingsOn({ callIds }: CallReport, { calls }: Report): FindingReport[] {
  return calls.filter((call) => call.callIds.some((id) => callIds.includes(id))).flatMap(({ findings }) => findings);
}

/** It may tell less of who answered, but it names no other element. */
function agrees(finding: FindingReport, other: FindingReport): boolean {
  return (
    finding.rule === other.rule &&
    finding.cause === other.cause &&
    finding.element === other.element &&
    namesTheSame(finding, other)
  );
}

function namesTheSame({ origin }: FindingReport, other: FindingReport): boolean {
  return origin === undefined || origin.orBehind || origin.address === other.origin?.address;
}

/** The whole capture knows better, but of no other element that it was who gave this answer. */
function isAccepted(finding: FindingReport, known: readonly FindingReport[]): boolean {
  const { rule, cause, statusCode } = finding;
  const name = cause === undefined ? rule : `${rule} ${cause}`;
  const sameAnswer = known.filter((other) => other.origin !== undefined && other.statusCode === statusCode);
  if (stands[name] === undefined || !sameAnswer.every((other) => namesTheSame(finding, other))) return false;
  used.add(name);
  return true;
}

function summaryOf({ rule, cause, verdict, statusCode, origin, element }: FindingReport): string {
  return [verdict, rule, cause, statusCode, origin?.address, element].filter((part) => part !== undefined).join(" ");
}
