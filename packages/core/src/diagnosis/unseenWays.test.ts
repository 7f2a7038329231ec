import { expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import { Analysis } from "./analysis.ts";
import type { FindingReport } from "./report.ts";
import { readRuleFixture } from "./ruleFixture.fixture.ts";

function finding(rule: string, text: string): FindingReport | undefined {
  const [{ packets, events }] = readRuleFixture(`## near miss: traffic\n\`\`\`sip\n${text.trim()}\n\`\`\`\n`);
  const analysis = new Analysis({ names: [""], language });
  for (const event of events) analysis.pushEvent(event);
  for (const packet of packets) analysis.pushPacket(packet);
  return analysis
    .finish()
    .calls.flatMap(({ findings }) => findings)
    .find((each) => each.rule === rule);
}

const invite = (to: string, branches: readonly number[], at: number): string => `
10.0.0.${branches[0]}:5060 > ${to}:5060 at ${at}
INVITE sip:bob@${to} SIP/2.0
${vias(branches)}
`;

const vias = (branches: readonly number[]): string =>
  branches.map((branch) => `Via: SIP/2.0/UDP 10.0.0.${branch}:5060;branch=z9hG4bK${branch}`).join("\n");

const response = (status: string, to: number, branches: readonly number[], at: number): string => `
10.0.0.${to}:5060 > 10.0.0.${branches[0]}:5060 at ${at}
SIP/2.0 ${status}
${vias(branches)}
`;

test("of a proxy that is not seen to send on what it sends on otherwise, it may be who is behind it that answered", () => {
  const forwards =
    invite("10.0.0.2", [1], 0) +
    invite("10.0.0.3", [2, 1], 0.01) +
    response("200 OK", 3, [2, 1], 1) +
    response("200 OK", 2, [1], 1.01);
  const refused = `
10.0.0.1:5060 > 10.0.0.2:5060 at 5
REFER sip:bob@10.0.0.3 SIP/2.0
CSeq: 2 REFER
Refer-To: <sip:carol@example.com>

10.0.0.2:5060 > 10.0.0.1:5060 at 5.1
SIP/2.0 603 Decline
CSeq: 2 REFER
`;
  const { verdict, origin } = finding("transfer-refused", forwards + refused)!;
  expect([verdict, origin?.address, origin?.orBehind]).toEqual(["certain", "10.0.0.2:5060", true]);
  expect(origin?.basis[0]).toContain("does not show it forward this request");
});

test("nothing is certain of an element where what passed between it and the next one is not in view", () => {
  const garbled = (between: string): string =>
    invite("10.0.0.5", [1], 0) +
    between +
    invite("10.0.0.2", [6, 5, 1], 0.02) +
    response("20O OK", 2, [6, 5, 1], 0.1) +
    response("502 Bad Gateway", 5, [1], 2);
  const known = finding(
    "gateway-bad-response",
    garbled(invite("10.0.0.6", [5, 1], 0.01) + response("502 Bad Gateway", 6, [5, 1], 1.9)),
  )!;
  expect([known.verdict, known.origin?.address]).toEqual(["certain", "10.0.0.6:5060"]);
  const { verdict, origin, missing } = finding("gateway-bad-response", garbled(""))!;
  expect([verdict, origin?.address, origin?.orBehind]).toEqual(["likely", "10.0.0.5:5060", true]);
  expect(origin?.basis[0]).toContain("what passed between these two is not in the capture");
  expect(missing[0]).toContain("What is behind 10.0.0.5:5060 is not in view");
});

test("a server error that may have come back is of the proxy or of somebody behind it, but where it could not send on", () => {
  const refused = (reported: string): string =>
    `${invite("10.0.0.2", [1], 0)}${invite("10.0.0.3", [2, 1], 0.01)}${reported}
10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 503 Service Unavailable
${vias([1])}
Retry-After: 5
`;
  const icmp = "icmp port from 10.0.0.3 about 10.0.0.2:5060 > 10.0.0.3:5060 at 0.02\n";
  const told = [refused(""), refused(icmp)].map((text) => finding("service-unavailable", text)!);
  expect(told.map(({ cause, verdict, origin }) => [cause, verdict, origin?.orBehind])).toEqual([
    ["told-to-wait", "certain", true],
    ["local-send-failure", "certain", false],
  ]);
});
