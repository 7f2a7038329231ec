import { describe, expect, test } from "vitest";
import { messages } from "../diagnosis/traffic.fixture.ts";
import type { SipRequest } from "../message/message.ts";
import { type LegFeatures, legFeatures, resemblance } from "./legFeatures.ts";

const NONE: LegFeatures = {
  callId: "",
  sdpOrigin: "",
  mediaAddress: "",
  caller: "",
  callee: "",
  wanted: "",
  event: "",
  credentials: [],
  isForwarded: false,
};

function alike(a: Partial<LegFeatures>, b: Partial<LegFeatures>): string | undefined {
  return resemblance({ ...NONE, callId: "first-call-id", ...a }, { ...NONE, callId: "another-one", ...b })?.kind;
}

test("features of an INVITE are its users, its o= line and where its first medium goes", () => {
  const [invite] = messages(`
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com;user=phone SIP/2.0
Call-ID: abc
Content-Type: application/sdp

v=0
o=- 7 8 IN IP4 10.0.0.1
s=-
c=IN IP4 10.0.0.7
m=audio 4000 RTP/AVP 0
m=video 5000 RTP/AVP 31
`);
  expect(legFeatures(invite as SipRequest)).toEqual({
    callId: "abc",
    sdpOrigin: "- 7 8 IN IP4 10.0.0.1",
    mediaAddress: "IN IP4 10.0.0.7 4000",
    caller: "alice",
    callee: "bob",
    wanted: "bob",
    event: "",
    credentials: [],
    isForwarded: false,
  });
});

test.each([
  ["o=- 0 0 IN IP4 10.0.0.1", "c=IN IP4 0.0.0.0", "m=audio 4000 RTP/AVP 0"],
  ["o=- 0 0 IN IP6 fd00::1", "c=IN IP6 ::", "m=audio 4000 RTP/AVP 0"],
  ["o=- 0 0 IN IP4 10.0.0.1", "c=IN IP4 10.0.0.7", "m=audio 9 UDP/TLS/RTP/SAVPF 111"],
  ["o=- 0 0 IN IP4 10.0.0.1", "c=IN IP4 10.0.0.7", "m=audio 0 RTP/AVP 0"],
])("what only fills a place is no feature (%s %s %s)", (...body) => {
  const [invite] = messages(`
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0
From: <sip:anonymous@anonymous.invalid>;tag=x
Content-Type: application/sdp

v=0
${body.join("\n")}
`);
  expect(legFeatures(invite as SipRequest)).toMatchObject({ sdpOrigin: "", mediaAddress: "", caller: "" });
});

describe("two INVITEs resemble each other", () => {
  test("by what is surest first: o= line, then media address, then Call-ID, then users", () => {
    const all = { sdpOrigin: "- 1 1 IN IP4 a", mediaAddress: "IN IP4 a 4000", caller: "a", callee: "b" };
    expect(alike(all, all)).toBe("sdp-origin");
    expect(alike(all, { ...all, sdpOrigin: "x" })).toBe("media-address");
    expect(
      alike({ ...all, callId: "abcdefgh" }, { ...all, callId: "abcdefgh-1", sdpOrigin: "", mediaAddress: "" }),
    ).toBe("call-id-derived");
    expect(alike(all, { caller: "a", callee: "b" })).toBe("same-users");
  });

  test("by the same credentials, whoever they are of", () => {
    expect(alike({ credentials: ["n1 r1", "n2 r2"] }, { credentials: ["n2 r2"] })).toBe("same-credentials");
    expect(alike({ credentials: ["n1 r1"] }, { credentials: ["n1 r2"] })).toBeUndefined();
  });

  test("not where they are about different events", () => {
    const both = { caller: "a", callee: "b" };
    expect(alike({ ...both, event: "dialog" }, { ...both, event: "presence" })).toBeUndefined();
  });

  test("when a number is written with another prefix", () => {
    expect(alike({ caller: "4930123456", callee: "100" }, { caller: "030123456".slice(1), callee: "100" })).toBe(
      "same-users",
    );
    expect(alike({ caller: "a", callee: "+4930123456" }, { caller: "a", callee: "30123456" })).toBe("same-users");
    expect(alike({ caller: "a", callee: "+4930123456" }, { caller: "a", callee: "030123456" })).toBe("same-users");
    expect(alike({ caller: "a", callee: "+49-30-123456" }, { caller: "a", callee: "004930123456" })).toBe("same-users");
    expect(alike({ caller: "a", callee: "#31#4930123456" }, { caller: "a", callee: "004930123456" })).toBe(
      "same-users",
    );
  });

  test("by the caller and whom that one asked for, wherever the B2BUA itself is asked for it", () => {
    const wanted = { caller: "alice", wanted: "bob" };
    expect(alike({ ...wanted, callee: "b2bua" }, { ...wanted, callee: "bob-x7" })).toBe("same-users");
    expect(alike({ ...wanted, callee: "b2bua" }, { ...wanted, wanted: "carol", callee: "bob-x7" })).toBeUndefined();
    expect(alike({ caller: "alice", callee: "b2bua" }, { caller: "alice", callee: "bob-x7" })).toBeUndefined();
  });

  test("by one number alone, least surely: a PBX writes the other one as its own", () => {
    expect(alike({ caller: "101", callee: "030123456" }, { caller: "4940765432", callee: "+4930123456" })).toBe(
      "same-number",
    );
    expect(alike({ caller: "+4930123456", callee: "4940765432" }, { caller: "4930123456", callee: "101" })).toBe(
      "same-number",
    );
  });

  test("not by one number alone where a proxy has sent the second on: it came from another caller", () => {
    const numbers = { caller: "4940765432", callee: "030123456" };
    expect(alike({ caller: "101", callee: "030123456" }, { ...numbers, isForwarded: true })).toBeUndefined();
  });

  test("not by an extension or a name alone, nor by the caller of the one and the callee of the other", () => {
    expect(alike({ caller: "101", callee: "200" }, { caller: "102", callee: "200" })).toBeUndefined();
    expect(alike({ caller: "101", callee: "conference" }, { caller: "102", callee: "conference" })).toBeUndefined();
    expect(alike({ caller: "030123456", callee: "101" }, { caller: "102", callee: "030123456" })).toBeUndefined();
  });

  test("not by short numbers that end alike, nor by names that do", () => {
    expect(alike({ caller: "a", callee: "2100" }, { caller: "a", callee: "100" })).toBeUndefined();
    expect(alike({ caller: "a", callee: "1000100" }, { caller: "a", callee: "000100" })).toBeUndefined();
    expect(alike({ caller: "a", callee: "superstation" }, { caller: "a", callee: "station" })).toBeUndefined();
  });

  test("not by a short Call-ID that stands in another one, nor by what neither has", () => {
    expect(alike({ callId: "1" }, { callId: "113-abc" })).toBeUndefined();
    expect(alike({}, {})).toBeUndefined();
  });
});
