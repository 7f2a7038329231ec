import { describe, expect, test } from "vitest";
import { onlyCall } from "../diagnosis/traffic.fixture.ts";
import type { Call } from "./call.ts";
import { type Origin, originOf, otherLegs } from "./origin.ts";

const INVITE = `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0
`;
const FORWARDED = `
10.0.0.2:5060 > 10.0.0.3:5060 at 0.01
INVITE sip:bob@10.0.0.3 SIP/2.0
`;

function origin(call: Call, forwarders: readonly string[] = []): Origin {
  const { attempt } = call;
  return originOf(attempt!, attempt!.finalResponse!, { call, forwarders: new Set(forwarders), captures: 1 });
}

function basisOf({ basis }: Origin): string[] {
  return basis.map(({ kind }) => kind);
}

describe("within one Call-ID the origin is", () => {
  test("the last hop on which the same answer is seen", () => {
    const found = origin(
      onlyCall(`${INVITE}${FORWARDED}
10.0.0.3:5060 > 10.0.0.2:5060 at 0.1
SIP/2.0 486 Busy Here
Server: Desk/1.0

10.0.0.2:5060 > 10.0.0.1:5060 at 0.2
SIP/2.0 486 Busy Here
`),
    );
    expect(found.endpoint.text).toBe("10.0.0.3:5060");
    expect(found.product).toBe("Desk/1.0");
    expect(basisOf(found)).toEqual(["followed-downstream", "last-in-view", "answer-names"]);
    expect(found.orBehind).toBe(true);
  });

  test("the proxy that had got nothing back", () => {
    const found = origin(
      onlyCall(`${INVITE}${FORWARDED}
10.0.0.2:5060 > 10.0.0.1:5060 at 30
SIP/2.0 408 Request Timeout
`),
    );
    expect([found.endpoint.text, found.orBehind, ...basisOf(found)]).toEqual([
      "10.0.0.2:5060",
      false,
      "nothing-came-back",
    ]);
  });

  test("behind the proxy that acknowledged an answer which the capture lacks", () => {
    const found = origin(
      onlyCall(`${INVITE}${FORWARDED}
10.0.0.2:5060 > 10.0.0.3:5060 at 9
ACK sip:bob@10.0.0.3 SIP/2.0
Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bK1

10.0.0.2:5060 > 10.0.0.1:5060 at 9.01
SIP/2.0 502 Bad Gateway
`),
    );
    expect([found.endpoint.text, found.orBehind, ...basisOf(found)]).toEqual([
      "10.0.0.2:5060",
      true,
      "answer-not-in-view",
    ]);
  });

  test("behind the proxy that gives at once an answer which proxies do not make", () => {
    const found = origin(
      onlyCall(`${INVITE}${FORWARDED}
10.0.0.2:5060 > 10.0.0.1:5060 at 0.02
SIP/2.0 486 Busy Here
`),
    );
    expect([found.orBehind, ...basisOf(found)]).toEqual([true, "answer-not-in-view"]);
  });

  test.each([
    [0.02, "503 Service Unavailable", true, "nothing-came-back"],
    [0.02, "501 Not Implemented", true, "answer-not-in-view"],
    [5, "503 Service Unavailable", false, "nothing-came-back"],
  ])(
    "perhaps behind the proxy, where a server error may have come back (after %d s, %s)",
    (at, status, orBehind, kind) => {
      const found = origin(
        onlyCall(`${INVITE}${FORWARDED}
10.0.0.2:5060 > 10.0.0.1:5060 at ${at}
SIP/2.0 ${status}
`),
      );
      expect([found.orBehind, ...basisOf(found)]).toEqual([orBehind, kind]);
    },
  );

  test("behind the proxy, where the request went on by way of an element that is not in view", () => {
    const found = origin(
      onlyCall(`${INVITE}
10.0.0.9:5060 > 10.0.0.3:5060 at 0.02
INVITE sip:bob@10.0.0.3 SIP/2.0
Via: SIP/2.0/UDP 10.0.0.9:5060;branch=z9hG4bK9
Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bK2
Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK0

10.0.0.2:5060 > 10.0.0.1:5060 at 30
SIP/2.0 408 Request Timeout
`),
    );
    expect([found.endpoint.text, found.orBehind, ...basisOf(found)]).toEqual([
      "10.0.0.2:5060",
      true,
      "way-not-in-view",
    ]);
  });

  test("the proxy that had got something else", () => {
    const found = origin(
      onlyCall(`${INVITE}${FORWARDED}
10.0.0.3:5060 > 10.0.0.2:5060 at 0.1
SIP/2.0 503 Service Unavailable

10.0.0.2:5060 > 10.0.0.1:5060 at 0.2
SIP/2.0 500 Server Internal Error
`),
    );
    expect(found.endpoint.text).toBe("10.0.0.2:5060");
    expect(found.basis[0]).toMatchObject({ kind: "other-answer-came-back", values: { statusCode: 503 } });
  });

  test("an element that forwards others and did not forward this", () => {
    const found = origin(onlyCall(`${INVITE}\n10.0.0.2:5060 > 10.0.0.1:5060 at 0.1\nSIP/2.0 404 Not Found`), [
      "10.0.0.2",
    ]);
    expect([found.orBehind, ...basisOf(found)]).toEqual([false, "forwards-elsewhere"]);
  });

  test("or something behind such an element, where the answer is one of a phone", () => {
    const busy = "SIP/2.0 486 Busy Here\nServer: Yealink SIP-T46S 66.84";
    const found = origin(onlyCall(`${INVITE}\n10.0.0.2:5060 > 10.0.0.1:5060 at 0.1\n${busy}`), ["10.0.0.2"]);
    expect([found.orBehind, ...basisOf(found)]).toEqual([true, "forwards-elsewhere", "answer-names"]);
  });

  test.each([
    ["a phone that its responses name as Contact", "Yealink SIP-T46S 66.84", false, "names-itself"],
    [
      "or something behind what its responses name as Contact, where that may be a B2BUA",
      "SBC/1.0",
      true,
      "answer-names",
    ],
  ])("%s", (_what, product, orBehind, named) => {
    const found = origin(
      onlyCall(`${INVITE}
10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 180 Ringing
Contact: <sip:bob@10.0.0.2>

10.0.0.2:5060 > 10.0.0.1:5060 at 4
SIP/2.0 603 Decline
Server: ${product}
`),
    );
    expect([found.orBehind, ...basisOf(found)]).toEqual([orBehind, "own-contact", named]);
  });

  test("behind a proxy whose forwarding is out of view, as the Contact of another host shows", () => {
    const found = origin(
      onlyCall(`${INVITE}
10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 180 Ringing
Contact: <sip:bob@172.16.5.5>

10.0.0.2:5060 > 10.0.0.1:5060 at 4
SIP/2.0 404 Not Found
`),
      ["10.0.0.2"],
    );
    expect([found.orBehind, ...basisOf(found)]).toEqual([true, "last-in-view"]);
  });

  test("behind the proxy, where the To tag of the answer was seen further down and the answer itself was not", () => {
    const found = origin(
      onlyCall(`${INVITE}${FORWARDED}
10.0.0.3:5060 > 10.0.0.2:5060 at 0.5
SIP/2.0 180 Ringing
To: <sip:bob@example.com>;tag=bob

10.0.0.2:5060 > 10.0.0.1:5060 at 6
SIP/2.0 500 Server Internal Error
To: <sip:bob@example.com>;tag=bob
`),
    );
    expect([found.orBehind, ...basisOf(found)]).toEqual([true, "answer-not-in-view"]);
  });

  test("behind an element that hides it: without its Via, and with another To tag", () => {
    const found = origin(
      onlyCall(`${INVITE.trimEnd()}
Call-ID: one
From: <sip:alice@example.com>;tag=a

10.0.0.2:5060 > 10.0.0.3:5060 at 0.01 bare
INVITE sip:bob@10.0.0.3 SIP/2.0
Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bKhidden
From: <sip:alice@example.com>;tag=a
To: <sip:bob@example.com>
Call-ID: one
CSeq: 1 INVITE
Max-Forwards: 69
Content-Length: 0


10.0.0.3:5060 > 10.0.0.2:5060 at 0.5
SIP/2.0 404 Not Found
To: <sip:bob@example.com>;tag=behind

10.0.0.2:5060 > 10.0.0.1:5060 at 0.51
SIP/2.0 404 Not Found
To: <sip:bob@example.com>;tag=own
`),
    );
    expect([found.endpoint.text, found.minted.toTag]).toEqual(["10.0.0.3:5060", "behind"]);
  });

  test("known by its To tag and its phrase, where it does not name itself", () => {
    const tag = "526bf18dd1bab241569ce48b19ae6ced.4b6c3f89";
    const found = origin(
      onlyCall(`${INVITE}
10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 500 I'm terribly sorry, server error occurred (1/SL)
To: <sip:bob@example.com>;tag=${tag}
`),
    );
    expect(found.product).toBe("Kamailio");
    expect(basisOf(found)).toEqual(["last-in-view", "tag-shape", "phrase-tag"]);
  });
});

/** The next leg of a B2BUA. */
const legOf = (callId: string, from: string, to: string, named: string, at: number): string => `
${from}:5060 > ${to}:5060 at ${at}
INVITE sip:bob@${to} SIP/2.0
Call-ID: ${callId}
X-CID: ${named}
CSeq: 1 INVITE
Via: SIP/2.0/UDP ${from}:5060;branch=z9hG4bK${callId}
From: <sip:alice@example.com>;tag=${callId}
To: <sip:bob@${to}>
`;
const answer = (callId: string, from: string, to: string, line: string, at: number): string => `
${from}:5060 > ${to}:5060 at ${at}
SIP/2.0 ${line}
Call-ID: ${callId}
`;
const FIRST = INVITE.replace("SIP/2.0\n", "SIP/2.0\nCall-ID: one\n");
const SECOND = legOf("two", "10.0.0.2", "10.0.0.3", "one", 0.01);
const THIRD = legOf("three", "10.0.0.3", "10.0.0.4", "two", 0.02);

describe("through B2BUAs the origin is", () => {
  test("followed over two of them to the third leg", () => {
    const call = onlyCall(
      FIRST +
        SECOND +
        THIRD +
        answer("three", "10.0.0.4", "10.0.0.3", "486 Busy Here", 1) +
        answer("two", "10.0.0.3", "10.0.0.2", "486 Busy Here", 1.1) +
        answer("one", "10.0.0.2", "10.0.0.1", "486 Busy Here", 1.2),
    );
    const found = origin(call);
    expect(found.endpoint.text).toBe("10.0.0.4:5060");
    expect(basisOf(found)).toEqual(["followed-leg", "followed-leg", "last-in-view"]);
  });

  test("the B2BUA that got another code on its other leg", () => {
    const call = onlyCall(
      FIRST +
        SECOND +
        answer("two", "10.0.0.3", "10.0.0.2", "404 Not Found", 1) +
        answer("one", "10.0.0.2", "10.0.0.1", "480 Temporarily Unavailable", 1.1),
    );
    const found = origin(call);
    expect(found.endpoint.text).toBe("10.0.0.2:5060");
    expect(found.basis[0]).toMatchObject({ kind: "other-answer-came-back", values: { statusCode: 404 } });
  });

  test("the target that a B2BUA tried last, where several gave the same answer", () => {
    const call = onlyCall(
      FIRST +
        SECOND +
        answer("two", "10.0.0.3", "10.0.0.2", "404 Not Found", 1) +
        legOf("three", "10.0.0.2", "10.0.0.4", "one", 1.1) +
        answer("three", "10.0.0.4", "10.0.0.2", "404 Not Found", 2) +
        answer("one", "10.0.0.2", "10.0.0.1", "404 Not Found", 2.1),
    );
    const found = origin(call);
    expect([found.endpoint.text, found.lastHop.first.callId]).toEqual(["10.0.0.4:5060", "three"]);
  });

  test("followed to a leg that left from another address of the B2BUA, where both carry the same identifier", () => {
    const call = onlyCall(
      FIRST +
        legOf("two", "203.0.113.2", "203.0.113.9", "one", 0.01) +
        answer("two", "203.0.113.9", "203.0.113.2", "486 Busy Here", 1) +
        answer("one", "10.0.0.2", "10.0.0.1", "486 Busy Here", 1.1),
    );
    expect(origin(call).endpoint.text).toBe("203.0.113.9:5060");
  });

  test("not a leg that was opened only after the answer", () => {
    const call = onlyCall(
      FIRST +
        answer("one", "10.0.0.2", "10.0.0.1", "488 Not Acceptable Here", 1) +
        legOf("two", "10.0.0.2", "10.0.0.3", "one", 20),
    );
    expect(basisOf(origin(call))).toEqual(["last-in-view"]);
  });

  test("not an answer of the other leg that came only later", () => {
    const call = onlyCall(
      FIRST +
        SECOND +
        answer("one", "10.0.0.2", "10.0.0.1", "480 Temporarily Unavailable", 1) +
        answer("two", "10.0.0.3", "10.0.0.2", "480 Temporarily Unavailable", 1.1),
    );
    expect(origin(call).endpoint.text).toBe("10.0.0.2:5060");
  });
});

test("the legs behind a B2BUA are those that it opened itself, later, by the same method", () => {
  const call = onlyCall(FIRST + SECOND + THIRD);
  const [first, second] = call.legs.map(({ roots }) => roots[0]);
  expect(otherLegs(first, call).map(({ first: { callId } }) => callId)).toEqual(["two"]);
  expect(otherLegs(second, call).map(({ first: { callId } }) => callId)).toEqual(["three"]);
  expect(otherLegs(call.legs[2].roots[0], call)).toEqual([]);
});

test("a B2BUA that keeps the Call-ID is followed to what it sent on with a From tag of its own", () => {
  const call = onlyCall(`${INVITE}
10.0.0.2:5060 > 10.0.0.3:5060 at 0.01
INVITE sip:bob@10.0.0.3 SIP/2.0
Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bKown
From: <sip:alice@example.com>;tag=own
To: <sip:bob@example.com>
CSeq: 100 INVITE

10.0.0.3:5060 > 10.0.0.2:5060 at 1
SIP/2.0 486 Busy Here
CSeq: 100 INVITE

10.0.0.2:5060 > 10.0.0.1:5060 at 1.01
SIP/2.0 480 Temporarily Unavailable
CSeq: 1 INVITE
`);
  expect(otherLegs(call.legs[0].roots[0], call).map(({ server }) => server.address)).toEqual(["10.0.0.3"]);
  expect(basisOf(origin(call))).toEqual(["other-answer-came-back"]);
});
