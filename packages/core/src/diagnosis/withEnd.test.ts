import { expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import { Analysis } from "./analysis.ts";
import { traffic } from "./traffic.fixture.ts";

const TAGS = "Call-ID: call\nFrom: <sip:alice@example.com>;tag=from\nTo: <sip:bob@example.com>;tag=to-10-0-0-2-5060\n";

/** A call that is up, a request inside of it that is answered so, and a BYE of who sent it so much later. */
function saidOf(method: string, answer: string, byeAt: number, between = ""): string {
  const analysis = new Analysis({ names: [""], language });
  const packets = traffic(`10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0

10.0.0.2:5060 > 10.0.0.1:5060 at 1
SIP/2.0 200 OK

10.0.0.1:5060 > 10.0.0.2:5060 at 1.1
ACK sip:bob@10.0.0.2 SIP/2.0

10.0.0.1:5060 > 10.0.0.2:5060 at 20
${method} sip:bob@10.0.0.2 SIP/2.0
${TAGS}CSeq: 5 ${method}
repeat at 20.5, 21.5, 23.5

${answer === "" ? "" : `10.0.0.2:5060 > 10.0.0.1:5060 at 24\nSIP/2.0 ${answer}\nCSeq: 5 ${method}\n\n`}${between}
10.0.0.1:5060 > 10.0.0.2:5060 at ${byeAt}
BYE sip:bob@10.0.0.2 SIP/2.0
${TAGS}CSeq: 9 BYE

10.0.0.2:5060 > 10.0.0.1:5060 at ${byeAt + 0.1}
SIP/2.0 200 OK
CSeq: 9 BYE
`);
  for (const packet of packets) analysis.pushPacket(packet);
  analysis.observe(packets[0].timeMicros + 200_000_000);
  return analysis
    .finish()
    .calls[0].findings.map(({ why }) => why)
    .join(" ");
}

const DUE = "So 10.0.0.1:5060 ended the call with a BYE";
const OWN = "The refusal alone ends no call; 10.0.0.1:5060 ended this one";

test("that a call was ended for a request in vain is said with what is found of that request", () => {
  expect(saidOf("INFO", "", 52)).toContain(DUE);
  expect(saidOf("INFO", "481 Unknown", 24.2)).toContain(DUE);
  expect(saidOf("UPDATE", "500 Error", 24.2)).toContain(OWN);
});

test("who hangs up later, after something else that was answered, or after a refusal that is none of the call's, did so for other reasons", () => {
  const ping = `10.0.0.1:5060 > 10.0.0.2:5060 at 30
OPTIONS sip:bob@10.0.0.2 SIP/2.0
${TAGS}CSeq: 6 OPTIONS

10.0.0.2:5060 > 10.0.0.1:5060 at 30.1
SIP/2.0 200 OK
CSeq: 6 OPTIONS
`;
  const others = [saidOf("UPDATE", "500 Error", 60), saidOf("INFO", "", 52, ping), saidOf("INFO", "415 Type", 24.2)];
  for (const said of others) {
    expect(said).not.toBe("");
    expect(said).not.toContain("ended");
  }
});
