import { expect, test } from "vitest";
import { onlyCall } from "../diagnosis/traffic.fixture.ts";
import { outcomeOf } from "./outcome.ts";

const MINUTE_MICROS = 60_000_000;
const INVITE = `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0
From: <sip:alice@example.com>;tag=a
`;
const ACK = `
10.0.0.1:5060 > 10.0.0.2:5060 at 5
ACK sip:bob@10.0.0.2 SIP/2.0
CSeq: 1 ACK
From: <sip:alice@example.com>;tag=a
To: <sip:bob@example.com>;tag=b
`;

function outcome(traffic: string) {
  const call = onlyCall(traffic);
  return outcomeOf(call, call.legs[0].messages.at(-1)!.packet.timeMicros + MINUTE_MICROS);
}

test("an INVITE that nobody answers is unanswered", () => {
  expect(outcome(INVITE)).toEqual({ kind: "unanswered" });
});

test("a call is answered, too, where the capture lacks the 2xx and has its ACK", () => {
  expect(outcome(`${INVITE}${ACK}Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKack\n`)).toEqual({ kind: "answered" });
});

test("what came is unknown where only the ACK of a refusal is in the capture", () => {
  const branch = "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKsame\n";
  expect(outcome(`${INVITE}${branch}${ACK}${branch}`)).toEqual({ kind: "unknown" });
});

test("a refused change to a call that was up before the capture began is not the outcome of the call", () => {
  const traffic = `${INVITE}To: <sip:bob@example.com>;tag=b

10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 488 Not Acceptable Here
`;
  expect(outcome(traffic)).toEqual({ kind: "unknown" });
});
