import { describe, expect, test } from "vitest";
import { leg } from "../diagnosis/traffic.fixture.ts";
import { callersAttempt, decidingAttempt, type Link } from "./call.ts";
import { outcomeOf } from "./outcome.ts";

const branch = (name: string, at: number): string => `
10.0.0.2:5060 > 10.0.1.${name}:5060 at ${at}
INVITE sip:bob@10.0.1.${name} SIP/2.0
Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bK${name}
Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKcaller
CSeq: 1 INVITE
To: <sip:bob@example.com>
`;
const answer = (name: string, status: string, at: number): string => `
10.0.1.${name}:5060 > 10.0.0.2:5060 at ${at}
SIP/2.0 ${status}
`;
const busyBranches = (first: string, second: string): string =>
  branch("1", 0) + branch("2", 0.001) + answer("1", first, 1) + answer("2", second, 2);

/** How the call ended, with the code and who gave it. */
function decided(text: string): string {
  const built = leg(text);
  const attempt = decidingAttempt(built, "call");
  const { kind, statusCode } = outcomeOf({ kind: "call", legs: [built], links: [], attempt }, 60e6);
  return `${kind} ${statusCode ?? "-"} ${attempt?.server.address}`;
}

test("of branches that a proxy out of view has forked, the one that was answered decides", () => {
  expect(decided(busyBranches("200 OK", "487 Request Terminated"))).toBe("answered 200 10.0.1.1");
  expect(decided(busyBranches("480 Temporarily Unavailable", "200 OK"))).toBe("answered 200 10.0.1.2");
});

test("else one that still rings, then 6xx, then the lowest class; one without any answer never", () => {
  expect(decided(busyBranches("180 Ringing", "486 Busy Here"))).toMatch(/- 10\.0\.1\.1$/);
  expect(decided(busyBranches("603 Decline", "404 Not Found"))).toBe("declined 603 10.0.1.1");
  expect(decided(busyBranches("486 Busy Here", "500 Server Internal Error"))).toBe("busy 486 10.0.1.1");
  expect(decided(branch("1", 0) + branch("2", 0.001) + answer("2", "486 Busy Here", 2))).toBe("busy 486 10.0.1.2");
});

test("of branches that were tried one after the other the last decides, as of attempts of the caller", () => {
  const serial = branch("1", 0) + answer("1", "404 Not Found", 1) + branch("2", 1.1) + answer("2", "500 Error", 2);
  expect(decided(serial)).toBe("failed 500 10.0.1.2");
  expect(decided(serial.replace("Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKcaller\nCSeq: 1", "CSeq: 2"))).toBe(
    "failed 500 10.0.1.2",
  );
});

const sentOn = (name: string, client: string, at: number): string => `
${client} > 10.0.1.${name}:5060 at ${at}
INVITE sip:bob@10.0.1.${name} SIP/2.0
Via: SIP/2.0/UDP ${client};branch=z9hG4bK${name}
From: <sip:alice@example.com>;tag=own${name}
To: <sip:bob@example.com>
CSeq: 10${name} INVITE
`;

test.each([
  ["10.0.0.1:5060", "10.0.0.2:5060"],
  ["10.0.0.2:5080", "10.0.0.2:5060"],
])("what a B2BUA sends on under the same Call-ID is no attempt of the caller (%s)", (caller, server) => {
  const text = `
${caller} > ${server} at 0
INVITE sip:bob@example.com SIP/2.0
${sentOn("1", server, 0.01)}${sentOn("2", server, 0.02)}
10.0.1.1:5060 > ${server} at 1
SIP/2.0 200 OK

${server} > ${caller} at 1.1
SIP/2.0 200 OK

10.0.1.2:5060 > ${server} at 1.2
SIP/2.0 487 Request Terminated
`;
  expect(decided(text)).toBe("answered 200 10.0.0.2");
});

test("on one host the caller may try again from the same address with another From tag", () => {
  const text = `
10.0.0.2:5080 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0

10.0.0.2:5060 > 10.0.0.2:5080 at 1
SIP/2.0 404 Not Found
${sentOn("1", "10.0.0.2:5080", 2)}${answer("1", "486 Busy Here", 3).replace("10.0.0.2:5060", "10.0.0.2:5080")}`;
  expect(decided(text)).toBe("busy 486 10.0.1.1");
});

describe("a call that was asked for again under another Call-ID", () => {
  const asked = (callId: string, status: string): string => `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0
Call-ID: ${callId}

10.0.0.2:5060 > 10.0.0.1:5060 at 1
SIP/2.0 ${status}
Call-ID: ${callId}
`;
  /** The Call-ID that decided, where each leg was answered so and the links go from leg to leg. */
  function deciding(statuses: readonly string[], links: readonly [Link["kind"], number, number][]): string | undefined {
    const legs = statuses.map((status, index) => leg(asked(`leg${index}`, status)));
    return callersAttempt({
      kind: "call",
      legs,
      links: links.map(([kind, from, to]) => ({
        kind,
        score: 0.9,
        callIds: [legs[from].callId, legs[to].callId],
        messages: [legs[from].messages[0], legs[to].messages[0]],
      })),
    })?.first.callId;
  }
  const refused = ["407 Proxy Authentication Required", "302 Moved Temporarily", "486 Busy Here"];

  test("ended as the last attempt did", () => {
    expect(
      deciding(refused, [
        ["challenge", 0, 1],
        ["redirect", 1, 2],
      ]),
    ).toBe("leg2");
    expect(
      deciding(
        ["302 Moved Temporarily", "480 Gone", "486 Busy Here"],
        [
          ["redirect", 0, 1],
          ["redirect", 0, 2],
        ],
      ),
    ).toBe("leg2");
  });

  test("was answered where one of the targets answered, though another one was tried after it", () => {
    expect(
      deciding(
        ["302 Moved Temporarily", "200 OK", "487 Request Terminated"],
        [
          ["redirect", 0, 1],
          ["redirect", 0, 2],
        ],
      ),
    ).toBe("leg1");
  });

  test("did not end as what a B2BUA asked for again behind the caller's leg", () => {
    expect(
      deciding(refused, [
        ["same-users", 0, 1],
        ["redirect", 1, 2],
      ]),
    ).toBe("leg0");
  });
});
