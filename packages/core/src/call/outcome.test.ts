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

test("what came is unknown, however long was waited, where the caller hung up by BYE and the capture has no answer", () => {
  const bye = ACK.replaceAll("ACK", "BYE").replace("CSeq: 1", "CSeq: 2");
  const call = onlyCall(`${INVITE}\n10.0.0.2:5060 > 10.0.0.1:5060 at 0.1\nSIP/2.0 180 Ringing\n${bye}`);
  const lookedAt = (seconds: number) => outcomeOf(call, call.legs[0].messages[0].packet.timeMicros + seconds * 1e6);
  expect([lookedAt(60), lookedAt(600)]).toEqual([{ kind: "unknown" }, { kind: "unknown" }]);
});

test("what only rang is cancelled where the caller ended it by BYE, the called side took that, and no ACK shows an answer", () => {
  const bye = ACK.replaceAll("ACK", "BYE").replace("CSeq: 1", "CSeq: 2");
  const taken = "\n10.0.0.2:5060 > 10.0.0.1:5060 at 5.1\nSIP/2.0 200 OK\nCSeq: 2 BYE\n";
  const rang = `\n10.0.0.2:5060 > 10.0.0.1:5060 at 1\nSIP/2.0 180 Ringing\nTo: <sip:bob@example.com>;tag=b\n`;
  const branch = "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKother\n";
  const kinds = [
    `${INVITE}${rang}${bye}${taken}`,
    `${INVITE}${bye}${taken}`,
    `${INVITE}${rang}${ACK}${branch}${bye}${taken}`,
  ];
  expect(kinds.map((each) => outcome(each).kind)).toEqual(["cancelled", "unknown", "answered"]);
});

test("what the called side hung up on before the capture shows an answer is unanswered where the caller knew no call, once its end is due", () => {
  const bye = (answer: string): string => `${INVITE}
10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 180 Ringing
To: <sip:bob@example.com>;tag=b

10.0.0.2:5060 > 10.0.0.1:5060 at 5
BYE sip:alice@10.0.0.1 SIP/2.0
Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bKbye
From: <sip:bob@example.com>;tag=b
To: <sip:alice@example.com>;tag=a
CSeq: 7 BYE

10.0.0.1:5060 > 10.0.0.2:5060 at 5.1
SIP/2.0 ${answer}
CSeq: 7 BYE
`;
  const lookedAt = (answer: string, seconds: number) => {
    const call = onlyCall(bye(answer));
    return outcomeOf(call, call.legs[0].messages[0].packet.timeMicros + seconds * 1e6).kind;
  };
  const none = "481 Call/Transaction Does Not Exist";
  expect([lookedAt(none, 10), lookedAt(none, 60), lookedAt("200 OK", 60)]).toEqual([
    "in-progress",
    "unanswered",
    "unknown",
  ]);
});

test("a refused change to a call that was up before the capture began is not the outcome of the call", () => {
  const traffic = `${INVITE}To: <sip:bob@example.com>;tag=b

10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 488 Not Acceptable Here
`;
  expect(outcome(traffic)).toEqual({ kind: "unknown" });
});

test("a call that rang until the caller gave up is cancelled, though the answer that came back is of a busy branch", () => {
  const via = (...hops: readonly string[]): string =>
    hops.map((hop) => `Via: SIP/2.0/UDP 10.0.0.${hop[0]}:5060;branch=z9hG4bK${hop}\n`).join("");
  const forked = (host: string): string => `
10.0.0.2:5060 > 10.0.0.${host}:5060 at 0.1
INVITE sip:bob@10.0.0.${host} SIP/2.0
${via(`2to${host}`, "1")}From: <sip:alice@example.com>;tag=a
To: <sip:bob@example.com>
CSeq: 1 INVITE
`;
  const busy = `
10.0.0.4:5060 > 10.0.0.2:5060 at 0.2
SIP/2.0 486 Busy Here
${via("2to4", "1")}`;
  const givenUp = `
10.0.0.1:5060 > 10.0.0.2:5060 at 6
CANCEL sip:bob@example.com SIP/2.0
${via("1")}
10.0.0.3:5060 > 10.0.0.2:5060 at 6.1
SIP/2.0 487 Request Terminated
${via("2to3", "1")}CSeq: 1 INVITE
`;
  const best = `
10.0.0.2:5060 > 10.0.0.1:5060 at 6.2
SIP/2.0 486 Busy Here
${via("1")}CSeq: 1 INVITE
`;
  const rang = `${INVITE}${via("1")}${forked("3")}${forked("4")}${busy}`;
  expect(outcome(rang + givenUp + best)).toEqual({ kind: "cancelled", statusCode: 486 });
  expect(outcome(rang + best)).toEqual({ kind: "busy", statusCode: 486 });
});

test("a refusal with a Q.850 cause is what the cause says, where its code says something of who was called, or nothing", () => {
  const refusedWith = (status: string, cause: number, before = ""): string =>
    outcome(`${INVITE}${before}
10.0.0.2:5060 > 10.0.0.1:5060 at 9
SIP/2.0 ${status}
Reason: Q.850;cause=${cause}
`).kind;
  const rang = "\n10.0.0.2:5060 > 10.0.0.1:5060 at 1\nSIP/2.0 180 Ringing\n";
  expect(["486 Busy Here", "600 Busy Everywhere", "603 Decline"].map((status) => refusedWith(status, 34))).toEqual([
    "failed",
    "failed",
    "failed",
  ]);
  expect([refusedWith("603 Decline", 1), refusedWith("603 Decline", 19), refusedWith("603 Decline", 19, rang)]).toEqual(
    ["failed", "failed", "unanswered"],
  );
  expect([16, 21, 31, 127].map((cause) => refusedWith("603 Decline", cause))).toEqual(Array(4).fill("declined"));
  expect(["480 Gone", "500 No", "503 No", "603 Decline"].map((status) => refusedWith(status, 17))).toEqual(
    Array(4).fill("busy"),
  );
});
