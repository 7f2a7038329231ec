import { describe, expect, test } from "vitest";
import { leg } from "../diagnosis/traffic.fixture.ts";

const INVITE = `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0
`;
const ANSWERED = `${INVITE}
10.0.0.2:5060 > 10.0.0.1:5060 at 3
SIP/2.0 200 OK

10.0.0.1:5060 > 10.0.0.2:5060 at 3.1
ACK sip:10.0.0.2 SIP/2.0
`;

describe("a dialog is made", () => {
  test("by a 2xx, and has its ACK and the requests inside it from both sides", () => {
    const { dialogs } = leg(`${ANSWERED}
10.0.0.2:5060 > 10.0.0.1:5060 at 9
BYE sip:10.0.0.1 SIP/2.0
CSeq: 1 BYE

10.0.0.1:5060 > 10.0.0.2:5060 at 9.1
SIP/2.0 200 OK
`);
    expect(dialogs).toHaveLength(1);
    expect(dialogs[0].callerTag).toBe("from");
    expect(dialogs[0].answer?.statusCode).toBe(200);
    expect(dialogs[0].acks).toHaveLength(1);
    expect(dialogs[0].requests.map(({ method }) => method)).toEqual(["BYE"]);
  });

  test("early by a provisional response with a To tag, not by 100 Trying nor by a refusal", () => {
    const response = (line: string): string => `${INVITE}\n10.0.0.2:5060 > 10.0.0.1:5060 at 1\nSIP/2.0 ${line}\n`;
    expect(leg(response("180 Ringing")).dialogs).toMatchObject([{ answer: undefined }]);
    expect(leg(response("100 Trying")).dialogs).toEqual([]);
    expect(leg(response("486 Busy Here")).dialogs).toEqual([]);
  });

  test("by each branch of a fork that rings, and the answer belongs to its own", () => {
    const response = (line: string, tag: string, at: number): string =>
      `\n10.0.0.2:5060 > 10.0.0.1:5060 at ${at}\nSIP/2.0 ${line}\nTo: <sip:bob@example.com>;tag=${tag}\n`;
    const { dialogs } = leg(
      INVITE + response("180 Ringing", "a", 1) + response("180 Ringing", "b", 1.1) + response("200 OK", "b", 2),
    );
    expect(dialogs.map(({ calleeTag, answer }) => [calleeTag, answer?.statusCode])).toEqual([
      ["a", undefined],
      ["b", 200],
    ]);
  });
});

test("the answer of a dialog is the copy nearest to the callee", () => {
  const { dialogs } = leg(`${INVITE}
10.0.0.2:5060 > 10.0.0.3:5060 at 0.01
INVITE sip:bob@10.0.0.3 SIP/2.0

10.0.0.3:5060 > 10.0.0.2:5060 at 3
SIP/2.0 200 OK

10.0.0.2:5060 > 10.0.0.1:5060 at 3.1
SIP/2.0 200 OK
`);
  expect(dialogs).toHaveLength(1);
  expect(dialogs[0].answer?.packet.source.address).toBe("10.0.0.3");
});

test("a re-INVITE is a request inside the dialog and makes none of its own", () => {
  const { dialogs } = leg(`${ANSWERED}
10.0.0.1:5060 > 10.0.0.2:5060 at 5
INVITE sip:10.0.0.2 SIP/2.0
CSeq: 2 INVITE
To: <sip:bob@example.com>;tag=to-10-0-0-2-5060

10.0.0.2:5060 > 10.0.0.1:5060 at 5.1
SIP/2.0 200 OK
CSeq: 2 INVITE
`);
  expect(dialogs).toHaveLength(1);
  expect(dialogs[0].requests.map(({ method, cseqNumber }) => `${method} ${cseqNumber}`)).toEqual(["INVITE 2"]);
});

test("a request with other tags is in no dialog", () => {
  const { dialogs } = leg(`${ANSWERED}
10.0.0.1:5060 > 10.0.0.2:5060 at 5
BYE sip:10.0.0.2 SIP/2.0
To: <sip:bob@example.com>;tag=nobody
`);
  expect(dialogs[0].requests).toEqual([]);
});
