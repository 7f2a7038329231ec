import { describe, expect, test } from "vitest";
import { messages } from "../diagnosis/traffic.fixture.ts";
import { matchTransactions, type OpenTransaction } from "./matchTransactions.ts";

function transactionsOf(text: string): OpenTransaction[] {
  return matchTransactions(messages(text)).transactions;
}

const INVITE = `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0
`;

describe("a request belongs to the transaction", () => {
  test("of which it repeats branch, method, CSeq and the two sides", () => {
    const [invite, ...more] = transactionsOf(`${INVITE.trim()}\nrepeat at 0.5, 1.5`);
    expect(more).toEqual([]);
    expect(invite.requests).toHaveLength(3);
    expect(invite.request).toBe(invite.requests[0]);
  });

  test("of its own when it goes to another server with the same branch", () => {
    const again = INVITE.replace("10.0.0.2", "10.0.0.9").replace(
      "SIP/2.0\n",
      "SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK0\n",
    );
    expect(transactionsOf(INVITE + again)).toHaveLength(2);
  });

  test("of the INVITE when it is the ACK of a final response of 300 or more", () => {
    const [invite, ...more] = transactionsOf(`${INVITE}
10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 486 Busy Here

10.0.0.1:5060 > 10.0.0.2:5060 at 0.2
ACK sip:bob@example.com SIP/2.0
`);
    expect(more).toEqual([]);
    expect(invite.acks).toHaveLength(1);
  });

  test("of its own when it is the ACK of a 2xx, RFC 3261 §13.2.2.4", () => {
    const [invite, ack] = transactionsOf(`${INVITE}
10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 200 OK

10.0.0.1:5060 > 10.0.0.2:5060 at 0.2
ACK sip:10.0.0.2 SIP/2.0
`);
    expect(invite.acks).toEqual([]);
    expect(ack.method).toBe("ACK");
  });
});

describe("a response belongs to the transaction", () => {
  test("of its branch and CSeq; the first final one is remembered", () => {
    const [invite] = transactionsOf(`${INVITE}
10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 100 Trying

10.0.0.2:5060 > 10.0.0.1:5060 at 3
SIP/2.0 603 Decline

10.0.0.2:5060 > 10.0.0.1:5060 at 4
SIP/2.0 200 OK
`);
    expect(invite.responses.map(({ statusCode }) => statusCode)).toEqual([100, 603, 200]);
    expect(invite.finalResponse?.statusCode).toBe(603);
  });

  test("also where it goes to another port than the request came from", () => {
    const [invite, ...more] = transactionsOf(`${INVITE}
10.0.0.2:5060 > 10.0.0.1:9999 at 0.1
SIP/2.0 486 Busy Here
`);
    expect(more).toEqual([]);
    expect(invite.finalResponse?.packet.destination.port).toBe(9999);
  });

  test("of the nearest, where two share the branch", () => {
    const via = "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKsame";
    const [first, second] = transactionsOf(`
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0
${via}

10.0.0.1:5060 > 10.0.0.9:5060 at 0.1
INVITE sip:bob@example.com SIP/2.0
${via}
CSeq: 1 INVITE

10.0.0.2:5060 > 10.0.0.1:5060 at 0.2
SIP/2.0 404 Not Found

10.0.0.9:5060 > 10.0.0.1:5060 at 0.3
SIP/2.0 486 Busy Here
`);
    expect(first.finalResponse?.statusCode).toBe(404);
    expect(second.finalResponse?.statusCode).toBe(486);
  });

  test("of a request that is not in view: then that one has no request", () => {
    const [unseen] = transactionsOf("10.0.0.2:5060 > 10.0.0.1:5060 at 0\nSIP/2.0 486 Busy Here\nCSeq: 4 INVITE");
    expect(unseen).toMatchObject({ request: undefined, method: "INVITE", cseqNumber: 4 });
    expect(unseen.client.address).toBe("10.0.0.1");
  });

  test("by CSeq and sides without any branch, RFC 3261 §17.2.3", () => {
    const [options, ...more] = transactionsOf(`
10.0.0.1:5060 > 10.0.0.2:5060 at 0
OPTIONS sip:10.0.0.2 SIP/2.0
Via: SIP/2.0/UDP 10.0.0.1:5060

10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 200 OK
`);
    expect(more).toEqual([]);
    expect(options.finalResponse?.statusCode).toBe(200);
  });
});
