import { expect, test } from "vitest";
import { leg } from "../diagnosis/traffic.fixture.ts";
import { chains } from "./chain.ts";

const register = (cseq: number, at: number, answer: string, fields = ""): string => `
10.0.0.1:5060 > 10.0.0.2:5060 at ${at}
REGISTER sip:example.com SIP/2.0
CSeq: ${cseq} REGISTER

10.0.0.2:5060 > 10.0.0.1:5060 at ${at + 0.1}
SIP/2.0 ${answer}
CSeq: ${cseq} REGISTER
${fields}
`;

/** `1 2`: the CSeq numbers of each chain. */
function chainsOf(text: string): string[] {
  return chains(leg(text).roots).map(({ transactions }) => transactions.map(({ cseqNumber }) => cseqNumber).join(" "));
}

test("a request that is challenged and repeated is one chain, as long as it is challenged", () => {
  const text = register(1, 0, "401 Unauthorized") + register(2, 1, "401 Unauthorized") + register(3, 2, "200 OK");
  expect(chainsOf(text)).toEqual(["1 2 3"]);
});

test("so is one that asked for too short an interval", () => {
  expect(chainsOf(register(1, 0, "423 Interval Too Brief") + register(2, 1, "200 OK"))).toEqual(["1 2"]);
});

test("after a success or a refusal a new chain begins", () => {
  expect(chainsOf(register(1, 0, "200 OK") + register(2, 60, "200 OK"))).toEqual(["1", "2"]);
  expect(chainsOf(register(1, 0, "403 Forbidden") + register(2, 60, "200 OK"))).toEqual(["1", "2"]);
});

test("requests of other methods do not continue it", () => {
  const text = `${register(1, 0, "401 Unauthorized")}
10.0.0.1:5060 > 10.0.0.2:5060 at 1
OPTIONS sip:example.com SIP/2.0
Call-ID: register
CSeq: 2 OPTIONS
`;
  expect(chainsOf(text)).toEqual(["1", "2"]);
});

test("a repetition that was sent before the challenge came does not continue it", () => {
  const text = `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
REGISTER sip:example.com SIP/2.0
CSeq: 1 REGISTER

10.0.0.1:5060 > 10.0.0.2:5060 at 0.05
REGISTER sip:example.com SIP/2.0
CSeq: 2 REGISTER

10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 401 Unauthorized
CSeq: 1 REGISTER
`;
  expect(chainsOf(text)).toEqual(["1", "2"]);
});

test("a repetition with credentials continues it also where its CSeq is the same, one without does not", () => {
  const invite = (branch: string, at: number, fields = ""): string => `
10.0.0.1:5060 > 10.0.0.2:5060 at ${at}
INVITE sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK${branch}
CSeq: 1 INVITE
${fields}
10.0.0.2:5060 > 10.0.0.1:5060 at ${at + 0.1}
SIP/2.0 407 Proxy Authentication Required
CSeq: 1 INVITE
`;
  const credentials = 'Proxy-Authorization: Digest username="a", realm="r", nonce="n", uri="sip:b", response="0"\n';
  expect(chainsOf(invite("a", 0) + invite("b", 1, credentials))).toEqual(["1 1"]);
  expect(chainsOf(invite("a", 0) + invite("b", 1))).toEqual(["1", "1"]);
});
