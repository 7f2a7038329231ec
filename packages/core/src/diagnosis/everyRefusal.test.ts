import { describe, expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import { codes } from "../reference/facts.ts";
import { Analysis } from "./analysis.ts";
import type { FindingReport } from "./report.ts";
import { traffic } from "./traffic.fixture.ts";

const RINGING = "10.0.0.2:5060 > 10.0.0.1:5060 at 1\nSIP/2.0 180 Ringing";

/** A call that is up, and whose tags requests inside of it repeat. */
const UP = `10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0

10.0.0.2:5060 > 10.0.0.1:5060 at 1
SIP/2.0 200 OK

10.0.0.1:5060 > 10.0.0.2:5060 at 1.1
ACK sip:bob@10.0.0.2 SIP/2.0

`;
const INSIDE = `Call-ID: call
From: <sip:alice@example.com>;tag=from
To: <sip:bob@example.com>;tag=to-10-0-0-2-5060`;

/** What is found where this is all the capture has. */
function findingsOf(method: string, statusCode: number, between = ""): readonly FindingReport[] {
  return found(`10.0.0.1:5060 > 10.0.0.2:5060 at 0
${method} sip:bob@example.com SIP/2.0

${between}

10.0.0.2:5060 > 10.0.0.1:5060 at 5
SIP/2.0 ${statusCode} Refused`);
}

function findingsInside(method: string, statusCode: number): readonly FindingReport[] {
  const acknowledged = `10.0.0.1:5060 > 10.0.0.2:5060 at 9.1
ACK sip:bob@10.0.0.2 SIP/2.0
${INSIDE}`;
  return found(`${UP}10.0.0.1:5060 > 10.0.0.2:5060 at 9
${method} sip:bob@10.0.0.2 SIP/2.0
${INSIDE}

10.0.0.2:5060 > 10.0.0.1:5060 at 9.05
SIP/2.0 ${statusCode} Refused

${method === "INVITE" ? acknowledged : ""}`);
}

function found(text: string): readonly FindingReport[] {
  const analysis = new Analysis({ names: [""], language });
  const packets = traffic(text);
  for (const packet of packets) analysis.pushPacket(packet);
  analysis.observe(packets[0].timeMicros + 60_000_000);
  return analysis.finish().calls.flatMap(({ findings }) => findings);
}

describe("whatever refuses a request is explained", () => {
  const refusals = codes.filter(({ code }) => code >= 300);
  const asked = refusals.flatMap(({ code, methods }) => {
    const own = methods.includes("INVITE") ? [] : methods;
    return ["INVITE", ...own].map((method) => [code, method] as const);
  });

  test.each(asked)("%i to %s", (code, method) => {
    const told = findingsOf(method, code);
    expect(told.map(({ rule }) => rule)).not.toEqual([]);
    expect(told.every(({ why, fix }) => why !== "" && fix.length > 0)).toBe(true);
  });

  // Without a challenge, or an extension on either side, there is nothing else to tell.
  const told = asked.filter(([code]) => ![401, 407, 420].includes(code));

  test.each(told)("%i to %s, by more than what its answer lacks", (code, method) => {
    const rules = findingsOf(method, code).map(({ rule }) => rule);
    expect(rules.filter((rule) => rule !== "response-malformed")).not.toEqual([]);
  });

  test.each(refusals)("$code to a call that rings", ({ code }) => {
    expect(findingsOf("INVITE", code, RINGING).map(({ rule }) => rule)).not.toEqual([]);
  });

  const OUTSIDE_OF_DIALOGS = ["REGISTER", "SUBSCRIBE", "MESSAGE", "PUBLISH", "REFER", "NOTIFY"];
  const INSIDE_OF_DIALOGS = ["INVITE", "BYE", "UPDATE", "INFO", "PRACK", "NOTIFY", "REFER", "MESSAGE", "SUBSCRIBE"];

  test.each(OUTSIDE_OF_DIALOGS)("each to %s", (method) => {
    const silent = refusals.filter(({ code }) => findingsOf(method, code).length === 0);
    expect(silent.map(({ code }) => code)).toEqual([]);
  });

  test.each(INSIDE_OF_DIALOGS)("each to %s inside of a call", (method) => {
    const silent = refusals.filter(({ code }) => findingsInside(method, code).length === 0);
    expect(silent.map(({ code }) => code)).toEqual([]);
  });

  // As a call would be answered: the server is there. Tools count hops with 483, and send a ping with no hop left. RFC 3261 §11.2
  test("but for what answers a ping", () => {
    const silent = refusals.filter(({ code }) => findingsOf("OPTIONS", code).length === 0);
    const answers = [300, 301, 302, 305, 482, 483, 486, 487, 488, 600, 603, 606, 607, 608];
    expect(silent.map(({ code }) => code)).toEqual(answers);
  });
});
