import { describe, expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import { codes } from "../reference/facts.ts";
import { Analysis } from "./analysis.ts";
import type { FindingReport } from "./report.ts";
import { traffic } from "./traffic.fixture.ts";

const RINGING = "10.0.0.2:5060 > 10.0.0.1:5060 at 1\nSIP/2.0 180 Ringing";

/** What is found where this is all the capture has. */
function findingsOf(method: string, statusCode: number, between = ""): readonly FindingReport[] {
  const analysis = new Analysis({ names: [""], language });
  const packets = traffic(`10.0.0.1:5060 > 10.0.0.2:5060 at 0
${method} sip:bob@example.com SIP/2.0

${between}

10.0.0.2:5060 > 10.0.0.1:5060 at 5
SIP/2.0 ${statusCode} Refused`);
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

  test.each(refusals)("$code to a call that rings", ({ code }) => {
    expect(findingsOf("INVITE", code, RINGING).map(({ rule }) => rule)).not.toEqual([]);
  });
});
