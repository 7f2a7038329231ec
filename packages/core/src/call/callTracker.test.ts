import { describe, expect, test } from "vitest";
import type { Packet } from "../network/packet.ts";
import { linksOf, track, traffic } from "../diagnosis/traffic.fixture.ts";

/** The INVITE that arrives at a B2BUA, 10.0.0.2. */
const INTO = (callId: string, fields = "", at = 0): string => `
10.0.0.1:5060 > 10.0.0.2:5060 at ${at}
INVITE sip:desk@example.com SIP/2.0
Call-ID: ${callId}
${fields}
`;

/** One that it sends itself, with nothing in common but what is said. */
const OUT = (callId: string, fields = "", at = 0.01): string => `
10.0.0.2:5060 > 10.0.0.3:5060 at ${at}
INVITE sip:u77@10.0.0.3 SIP/2.0
Call-ID: ${callId}
Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bK${callId}
From: <sip:pbx@10.0.0.2>;tag=${callId}
To: <sip:u77@10.0.0.3>
CSeq: 1 INVITE
${fields}
`;

const A = "a".repeat(32);
const B = "b".repeat(32);

describe("legs are joined", () => {
  test("by a Session-ID that both carry", () => {
    expect(linksOf(INTO("one", `Session-ID: ${A}`) + OUT("two", `Session-ID: ${A}`))).toEqual(["session-id one two"]);
  });

  test("by Session-ID halves in either order, in upper case as well", () => {
    const swapped = `Session-ID: ${B.toUpperCase()};remote=${A.toUpperCase()}`;
    expect(linksOf(INTO("one", `Session-ID: ${A};remote=${B}`) + OUT("two", swapped))).toEqual(["session-id one two"]);
  });

  test("not by a Session-ID that is not known yet", () => {
    const nil = "0".repeat(32);
    const first = INTO("one", `Session-ID: ${A};remote=${nil}`);
    expect(linksOf(first + OUT("two", `Session-ID: ${B};remote=${nil}`))).toEqual([]);
  });

  test("by a header field with the Call-ID of another leg, from leg to leg", () => {
    const third = OUT("three", "X-CID: two", 0.02);
    expect(linksOf(INTO("one") + OUT("two", "X-CID: one") + third)).toEqual([
      "x-call-id one two",
      "x-call-id two three",
    ]);
  });

  test("by such a field also where the leg that it names comes later", () => {
    const links = linksOf(OUT("three", "X-CID: two") + OUT("two", "X-CID: one", 0.02) + INTO("one", "", 0.03));
    expect(links).toHaveLength(2);
    expect(track(traffic(OUT("two", "X-CID: one") + INTO("one", "", 0.03))).calls).toHaveLength(1);
  });

  test("by the fields that the reader names, and only those", () => {
    const text = INTO("one") + OUT("two", "X-My-Leg: one");
    expect(linksOf(text)).toEqual([]);
    expect(linksOf(text, ["X-My-Leg"])).toEqual(["x-call-id one two"]);
  });

  test.each([
    ["Replaces: one;to-tag=x;from-tag=y", "replaces one two"],
    ["Target-Dialog: one;local-tag=x;remote-tag=y", "target-dialog one two"],
  ])("by %s", (field, link) => {
    expect(linksOf(INTO("one") + OUT("two", field))).toEqual([link]);
  });

  test("by the icid of P-Charging-Vector", () => {
    const icid = "P-Charging-Vector: icid-value=1234bc9876e";
    expect(linksOf(INTO("one", icid) + OUT("two", icid))).toEqual(["charging-vector one two"]);
  });

  test("by From and To users, when the second leaves the host at which the first arrived", () => {
    const second = OUT("two").replace("sip:pbx@", "sip:alice@").replaceAll("u77", "desk");
    expect(linksOf(INTO("one") + second)).toEqual(["same-users one two"]);
  });

  test("into one call of three legs, each opened by the one before", () => {
    const next = `
10.0.0.3:5060 > 10.0.0.4:5060 at 0.02
INVITE sip:1@10.0.0.4 SIP/2.0
Call-ID: three
Session-ID: ${A}
`;
    const { calls } = track(traffic(INTO("one", `Session-ID: ${A}`) + OUT("two", `Session-ID: ${A}`) + next));
    expect(calls).toHaveLength(1);
    expect(calls[0].legs).toHaveLength(3);
  });
});

describe("legs of a B2BUA that carry nothing over are joined by their answers", () => {
  const answer = (callId: string, way: string, status: string, at: number): string => `
${way} at ${at}
SIP/2.0 ${status}
Call-ID: ${callId}
CSeq: 1 INVITE
`;
  const into = (status: string, at: number, callId = "one"): string =>
    answer(callId, "10.0.0.2:5060 > 10.0.0.1:5060", status, at);
  const out = (status: string, at: number, callId = "two"): string =>
    answer(callId, "10.0.0.3:5060 > 10.0.0.2:5060", status, at);
  const joined = ["same-answers one two"];

  test("where each came for the one and went out for the other at once", () => {
    expect(linksOf(INTO("one") + OUT("two") + out("404 Not Found", 0.2) + into("404 Not Found", 0.21))).toEqual(joined);
    const rang = out("180 Ringing", 0.5) + into("180 Ringing", 0.51);
    expect(linksOf(INTO("one") + OUT("two") + rang + out("200 OK", 4) + into("200 OK", 4.01))).toEqual(joined);
    expect(linksOf(INTO("one") + OUT("two") + rang + out("486 Busy Here", 4) + into("486 Busy Here", 4.01))).toEqual(
      joined,
    );
  });

  test("also where the next server wanted credentials first", () => {
    const challenged = out("407 Proxy Authentication Required", 0.05) + OUT("two", "CSeq: 2 INVITE", 0.06);
    const refused = out("404 Not Found", 0.2).replace("CSeq: 1", "CSeq: 2") + into("404 Not Found", 0.21);
    expect(linksOf(INTO("one") + OUT("two") + challenged + refused)).toEqual(joined);
  });

  test("not where one was not passed on, was another one, or took longer", () => {
    const legs = INTO("one") + OUT("two");
    expect(linksOf(legs + out("404 Not Found", 0.2) + into("403 Forbidden", 0.21))).toEqual([]);
    expect(linksOf(legs + out("404 Not Found", 0.2) + into("404 Not Found", 0.3))).toEqual([]);
    expect(linksOf(legs + into("404 Not Found", 0.2) + out("404 Not Found", 0.21))).toEqual([]);
    expect(linksOf(legs + out("180 Ringing", 0.1) + out("404 Not Found", 0.2) + into("404 Not Found", 0.21))).toEqual(
      [],
    );
    const rang = out("180 Ringing", 0.5) + into("180 Ringing", 0.7);
    expect(linksOf(legs + rang + out("200 OK", 4) + into("200 OK", 4.01))).toEqual([]);
  });

  test("not where the second began long after the first, or before it", () => {
    const answers = out("404 Not Found", 2.2) + into("404 Not Found", 2.21);
    expect(linksOf(INTO("one") + OUT("two", "", 2) + answers)).toEqual([]);
    expect(linksOf(OUT("two", "", 0) + INTO("one", "", 0.01) + answers)).toEqual([]);
  });

  test("not where another call came in or went out meanwhile, and it could be that one as well", () => {
    const answers = out("404 Not Found", 0.2) + into("404 Not Found", 0.21);
    const otherInto = INTO("other").replaceAll("10.0.0.1", "10.0.0.9").replaceAll("desk", "shop");
    const otherOut = OUT("other", "", 0.05).replaceAll("u77", "u99").replaceAll("10.0.0.3", "10.0.0.8");
    expect(linksOf(otherInto + INTO("one") + OUT("two") + answers)).toEqual([]);
    expect(linksOf(INTO("one") + OUT("two") + otherOut + answers)).toEqual([]);
  });

  test("but where that other call is known to be another one", () => {
    const answers = out("404 Not Found", 0.2) + into("404 Not Found", 0.21);
    const session = `Session-ID: ${A}`;
    const otherInto = INTO("other", session).replaceAll("10.0.0.1", "10.0.0.9").replaceAll("desk", "shop");
    const otherOut = OUT("another", session, 0.05).replaceAll("u77", "u99").replaceAll("10.0.0.3", "10.0.0.8");
    expect(linksOf(otherInto + INTO("one") + OUT("two") + otherOut + answers)).toContain(joined[0]);
  });

  test("not where the host has sent the call on itself, under its own Call-ID", () => {
    const forwarded = OUT("one", "", 0.02).replaceAll("u77", "desk");
    const answers = out("404 Not Found", 0.2) + into("404 Not Found", 0.21);
    expect(linksOf(INTO("one") + OUT("two") + forwarded + answers)).toEqual([]);
  });

  test("not by the times of a log that has whole seconds", () => {
    const coarse = INTO("one", "", 1) + OUT("two", "", 1) + out("404 Not Found", 1) + into("404 Not Found", 1);
    expect(linksOf(coarse)).toEqual([]);
  });

  test("not where both ends of both are one host, but on the loopback, where each port is one", () => {
    const answers = out("404 Not Found", 0.2) + into("404 Not Found", 0.21);
    const on = (address: string): string =>
      (INTO("one") + OUT("two") + answers).replaceAll(
        /10\.0\.0\.(\d):5060(?= )|(?<=> )10\.0\.0\.(\d):5060/g,
        (_, a, b) => `${address}:500${a ?? b}`,
      );
    expect(linksOf(on("10.0.0.9"))).toEqual([]);
    expect(linksOf(on("127.0.0.1"))).toEqual(["same-answers one two"]);
  });
});

describe("the phones that a PBX rings at once for a call are joined with it", () => {
  const asked = (callId: string, way: string, at: number, from: string, to: string, fields = ""): string => `
${way} at ${at}
INVITE sip:${to}@pbx.example SIP/2.0
Call-ID: ${callId}
From: <sip:${from}@pbx.example>;tag=${callId}
To: <sip:${to}@pbx.example>
${fields}
`;
  const answered = (callId: string, way: string, at: number, status: string): string => `
${way} at ${at}
SIP/2.0 ${status}
Call-ID: ${callId}
CSeq: 1 INVITE
`;
  const cancelled = (callId: string, way: string, at: number, to: string): string => `
${way} at ${at}
CANCEL sip:${to}@pbx.example SIP/2.0
Call-ID: ${callId}
`;
  const came = asked("in", "10.0.0.1:5060 > 10.0.0.2:5060", 0, "200", "600");
  const rings = (first = 0.02, second = 0.03, from = "200", fields = ""): string =>
    asked("one", "10.0.0.2:5060 > 10.0.0.3:5060", first, from, "101", fields) +
    asked("two", "10.0.0.2:5060 > 10.0.0.4:5060", second, from, "102", fields);
  const into = (at: number, status: string): string => answered("in", "10.0.0.2:5060 > 10.0.0.1:5060", at, status);
  const one = (at: number, status: string): string => answered("one", "10.0.0.3:5060 > 10.0.0.2:5060", at, status);
  const two = (at: number, status: string): string => answered("two", "10.0.0.4:5060 > 10.0.0.2:5060", at, status);
  const givesUp = (at: number): string =>
    cancelled("one", "10.0.0.2:5060 > 10.0.0.3:5060", at, "101") +
    cancelled("two", "10.0.0.2:5060 > 10.0.0.4:5060", at + 0.01, "102");
  const busy = one(0.1, "486 Busy Here");
  const joined = ["rung-together in one", "rung-together in two"];

  test("where one answers and that is passed on at once, though another one is busy", () => {
    expect(linksOf(came + rings() + busy + two(4, "200 OK") + into(4.01, "200 OK"))).toEqual(joined);
    expect(linksOf(came + rings() + two(4, "200 OK") + into(4.01, "200 OK"))).toEqual(joined);
  });

  test("where all end with it: refused, rung in vain, or as the caller gives up", () => {
    expect(linksOf(came + rings() + busy + two(4, "486 Busy Here") + into(4.01, "486 Busy Here"))).toEqual(joined);
    expect(linksOf(came + rings() + givesUp(20) + into(20.02, "480 Temporarily Unavailable"))).toEqual(joined);
    const gaveUp = cancelled("in", "10.0.0.1:5060 > 10.0.0.2:5060", 9, "600");
    expect(linksOf(came + rings() + gaveUp + into(9.001, "487 Request Terminated") + givesUp(9.01))).toEqual(joined);
  });

  test("not where the outcomes came apart", () => {
    expect(linksOf(came + rings() + busy + two(4, "200 OK") + into(4.2, "200 OK"))).toEqual([]);
    expect(linksOf(came + rings() + into(3.99, "200 OK") + two(4, "200 OK"))).toEqual([]);
    expect(linksOf(came + rings() + one(4, "200 OK") + two(4.005, "200 OK") + into(4.01, "200 OK"))).toEqual([]);
    expect(linksOf(came + rings() + givesUp(20) + into(22, "480 Temporarily Unavailable"))).toEqual([]);
    expect(linksOf(came + rings() + busy + into(4, "480 Temporarily Unavailable"))).toEqual([]);
  });

  test("not where they were called late, or one long after the other, or before it came", () => {
    const ends = two(4, "200 OK") + into(4.01, "200 OK");
    expect(linksOf(came + rings(0.6, 0.61) + ends)).toEqual([]);
    expect(linksOf(came + rings(0.02, 0.2) + ends)).toEqual([]);
    expect(linksOf(rings(0, 0.001) + came.replace("at 0\n", "at 0.01\n") + ends)).toEqual([]);
  });

  test("not where they name another caller, but where they tell who diverted the call", () => {
    const ends = two(4, "200 OK") + into(4.01, "200 OK");
    expect(linksOf(came + rings(0.02, 0.03, "300") + ends)).toEqual([]);
    expect(linksOf(came + rings(0.02, 0.03, "600") + ends)).toEqual([]);
    expect(linksOf((came + rings() + ends).replaceAll("sip:200@", "sip:anonymous@"))).toEqual([]);
    expect(linksOf(came + rings(0.02, 0.03, "300", "Diversion: <sip:600@pbx.example>") + ends)).toEqual(joined);
    expect(linksOf(came + rings(0.02, 0.03, "300", "P-Asserted-Identity: <sip:200@pbx.example>") + ends)).toEqual(
      joined,
    );
  });

  test("not where another call was there that they could be of as well", () => {
    const other = asked("other", "10.0.0.9:5060 > 10.0.0.2:5060", 0.001, "201", "600");
    const ends = two(4, "200 OK") + into(4.01, "200 OK");
    expect(linksOf(came + other + rings() + ends)).toEqual([]);
    const over = answered("other", "10.0.0.2:5060 > 10.0.0.9:5060", 0.005, "404 Not Found");
    expect(linksOf(came + other + over + rings() + ends)).toEqual([]);
    const before = (other + over).replaceAll(/at 0\.\d+/g, "at 0");
    expect(linksOf(before + came.replace("at 0\n", "at 0.01\n") + rings() + ends)).toEqual(joined);
  });
});

describe("a refusal is followed into the attempt that comes of it under another Call-ID", () => {
  const invite = (callId: string, at: number, fields = "", uri = "sip:desk@example.com"): string => `
10.0.0.1:5060 > 10.0.0.2:5060 at ${at}
INVITE ${uri} SIP/2.0
Call-ID: ${callId}
Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK${callId}${at}
From: <sip:alice@example.com>;tag=${callId}
To: <sip:desk@example.com>
${fields}
`;
  const refusal = (status: string, fields: string, at = 0.1): string => `
10.0.0.2:5060 > 10.0.0.1:5060 at ${at}
SIP/2.0 ${status}
Call-ID: one
From: <sip:alice@example.com>;tag=one
To: <sip:desk@example.com>;tag=desk
${fields}
`;
  const challenged =
    invite("one", 0) + refusal("407 Proxy Authentication Required", 'Proxy-Authenticate: Digest realm="e", nonce="n1"');
  const credentials = (nonce: string): string =>
    `Proxy-Authorization: Digest username="alice", realm="e", nonce="${nonce}", uri="sip:desk@example.com", response="0"`;
  const redirected = (contact: string): string =>
    invite("one", 0) + refusal("302 Moved Temporarily", `Contact: ${contact}`);

  test("by the nonce, for the same callee", () => {
    expect(linksOf(challenged + invite("two", 0.2, credentials("n1")))).toEqual(["challenge one two"]);
    expect(linksOf(challenged + invite("two", 0.2, credentials("n0")))).toEqual([]);
    const other = invite("two", 0.2, credentials("n1")).replaceAll("desk", "shop");
    expect(linksOf(challenged + other)).toEqual([]);
  });

  test("by another offer that comes at once after the first was refused, of the same caller, callee and server", () => {
    const offered = (callId: string, at: number, profile: string): string =>
      `${invite(callId, at, "Content-Type: application/sdp").trimEnd()}

v=0
o=alice ${at} 1 IN IP4 10.0.0.1
s=-
c=IN IP4 10.0.0.1
t=0 0
m=audio 40${at * 10} ${profile} 0
`;
    const refused = offered("one", 0, "RTP/SAVP") + refusal("488 Not Acceptable Here", "");
    const again = offered("two", 0.2, "RTP/AVP");
    expect(linksOf(refused + again)).toEqual(["other-offer one two"]);
    expect(linksOf(refused + offered("two", 0.2, "RTP/SAVP"))).toEqual([]);
    expect(linksOf(refused + offered("two", 2, "RTP/AVP"))).toEqual([]);
    expect(linksOf(refused.replace("488 Not Acceptable Here", "486 Busy Here") + again)).toEqual([]);
    for (const [before, after] of [
      ["sip:alice@", "sip:carol@"],
      ["INVITE sip:desk@", "INVITE sip:shop@"],
      ["To: <sip:desk@", "To: <sip:shop@"],
      ["> 10.0.0.2:5060", "> 10.0.0.9:5060"],
      ["10.0.0.1:5060 >", "10.0.0.3:5060 >"],
    ])
      expect(linksOf(refused + again.replace(before, after))).toEqual([]);
    expect(linksOf((refused + again).replaceAll("sip:alice@", "sip:anonymous@"))).toEqual([]);
  });

  test("not where it was answered under the same Call-ID: a nonce is used for later calls too", () => {
    const answered = challenged + invite("one", 0.2, `${credentials("n1")}\nCSeq: 2 INVITE`);
    expect(linksOf(answered + invite("two", 5, credentials("n1")))).toEqual([]);
  });

  test("by the user to whom a 3xx leads, wherever that one is reached, or by the host where the user stays the same", () => {
    const shop = redirected("<sip:shop@example.com>, <sip:store@example.org>");
    expect(linksOf(shop + invite("two", 0.2, "", "sip:shop@10.0.0.9:5070"))).toEqual(["redirect one two"]);
    expect(linksOf(shop + invite("two", 0.2, "", "sip:store@example.org"))).toEqual(["redirect one two"]);
    const moved = redirected("<sip:desk@10.0.0.7>");
    expect(linksOf(moved + invite("two", 0.2, "", "sip:desk@10.0.0.7:5060"))).toEqual(["redirect one two"]);
    expect(linksOf(moved + invite("two", 0.2))).toEqual([]);
  });

  test("not from another caller, nor from another host, nor long after", () => {
    const retry = invite("two", 0.2, "", "sip:shop@example.com");
    const shop = redirected("<sip:shop@example.com>");
    expect(linksOf(shop + retry.replace("sip:alice@", "sip:carol@"))).toEqual([]);
    expect(linksOf(shop + retry.replace("10.0.0.1:5060 >", "10.0.0.3:5060 >"))).toEqual([]);
    expect(linksOf(shop + invite("two", 33, "", "sip:shop@example.com"))).toEqual([]);
  });

  test("where the To is another one, by the field in which a B2BUA names whom it had asked for", () => {
    const shop = redirected("<sip:shop@example.com>");
    const sentOn = (fields: string, at = 5): string =>
      invite("two", at, fields, "sip:shop@10.0.0.9").replace("To: <sip:desk@", "To: <sip:shop@");
    expect(linksOf(shop + sentOn("Diversion: <sip:desk@pbx>;reason=unconditional"))).toEqual(["redirect one two"]);
    expect(linksOf(shop + sentOn("History-Info: <sip:desk@pbx>;index=1"))).toEqual(["redirect one two"]);
    expect(linksOf(shop + sentOn(""))).toEqual([]);
    expect(linksOf(shop + sentOn("", 0.2))).toEqual(["redirect one two"]);
    const anonymous = (text: string): string => text.replaceAll("sip:alice@example.com", "sip:anonymous@example.com");
    expect(linksOf(anonymous(shop + sentOn("", 0.2)))).toEqual([]);
  });

  test("by the proxy that a 305 names: in Route, or where the request goes", () => {
    const proxy = invite("one", 0) + refusal("305 Use Proxy", "Contact: <sip:10.0.0.9;lr>");
    const again = invite("two", 0.2);
    const routed = invite("two", 0.2, "Route: <sip:10.0.0.9;lr>");
    const sentThere = again.replace("> 10.0.0.2:5060", "> 10.0.0.9:5060");
    expect(linksOf(proxy + routed)).toEqual(["redirect one two"]);
    expect(linksOf(proxy + sentThere)).toEqual(["redirect one two"]);
    expect(linksOf(proxy + again)).toEqual([]);
    expect(linksOf(proxy + sentThere.replaceAll("desk", "shop"))).toEqual([]);
  });

  test("a registration by the registrar that is named", () => {
    const register = (text: string): string =>
      text.replaceAll(/^INVITE|INVITE$/gmu, "REGISTER").replaceAll("sip:desk@example.com>", "sip:alice@example.com>");
    const moved = register(
      invite("one", 0, "", "sip:example.com") + refusal("302 Moved", "Contact: <sip:alice@reg.example.com>"),
    );
    const again = (uri: string): string => register(invite("two", 0.2, "", uri));
    expect(linksOf(moved + again("sip:reg.example.com"))).toEqual(["redirect one two"]);
    expect(linksOf(moved + again("sip:example.com"))).toEqual([]);
  });

  test("also where the refusal, and so its ACK, has no To tag", () => {
    const untagged = redirected("<sip:shop@example.com>").replace(";tag=desk", "");
    const ack = `
10.0.0.1:5060 > 10.0.0.2:5060 at 0.15
ACK sip:desk@example.com SIP/2.0
Call-ID: one
Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKone0
From: <sip:alice@example.com>;tag=one
To: <sip:desk@example.com>
`;
    expect(linksOf(untagged + ack + invite("two", 0.2, "", "sip:shop@example.com"))).toEqual(["redirect one two"]);
  });

  test("again and again, and each for itself", () => {
    const shop = "Contact: <sip:shop@example.com>";
    const refused = (id: string, at: number): string =>
      invite(id, at) + refusal("302 Moved Temporarily", shop, at + 0.1).replaceAll("one", id);
    const retry = (id: string, at: number): string => invite(id, at, "", "sip:shop@example.com");
    const minutes = [0, 100, 200].flatMap((at) => refused(`a${at}`, at) + retry(`b${at}`, at + 0.2));
    expect(linksOf(minutes.join(""))).toEqual(["redirect a0 b0", "redirect a100 b100", "redirect a200 b200"]);
  });

  test("whatever was challenged", () => {
    const register = (text: string): string => text.replaceAll(/^INVITE|INVITE$/gmu, "REGISTER");
    const asked = challenged + invite("two", 0.2, credentials("n1"));
    expect(linksOf(register(asked))).toEqual(["challenge one two"]);
    expect(linksOf(challenged + register(invite("two", 0.2, credentials("n1"))))).toEqual([]);
  });

  test("each of several targets once", () => {
    const both = redirected("<sip:shop@example.com>, <sip:store@example.com>");
    const [shop, store] = ["sip:shop@example.com", "sip:store@example.com"];
    const tried = invite("two", 0.2, "", shop) + invite("three", 4, "", store) + invite("four", 5, "", shop);
    expect(linksOf(both + tried)).toEqual(["redirect one two", "redirect one three"]);
  });

  test("into no more targets than a client would try", () => {
    const hosts = Array.from({ length: 40 }, (_, index) =>
      invite(`c${index}`, 1 + index / 10, "", `sip:shop@h${index}`),
    );
    expect(linksOf(redirected("<sip:shop@example.com>") + hosts.join(""))).toHaveLength(16);
  });

  test("once, however often the refusal was sent", () => {
    const shop = redirected("<sip:shop@example.com>");
    const again = refusal("302 Moved Temporarily", "Contact: <sip:shop@example.com>", 0.6);
    const retry = (id: string, at: number): string => invite(id, at, "", "sip:shop@example.com");
    expect(linksOf(shop + again + retry("two", 0.7) + retry("three", 9))).toEqual(["redirect one two"]);
  });
});

describe("a transfer is followed into the call that it causes", () => {
  const refer = (fields: string): string => `
10.0.0.1:5060 > 10.0.0.2:5060 at 1
REFER sip:10.0.0.2 SIP/2.0
Call-ID: one
Refer-To: <sip:carol@example.com>
${fields}
`;

  test("by the URI that was referred to", () => {
    const call = OUT("two", "", 1.1).replace("sip:u77@10.0.0.3 SIP", "sip:carol@example.com SIP");
    expect(linksOf(INTO("one") + refer("") + call)).toEqual(["transfer one two"]);
  });

  test("by who referred, where the transferee calls another URI", () => {
    const by = "Referred-By: <sip:alice@example.com>";
    expect(linksOf(INTO("one") + refer(by) + OUT("two", by, 1.1))).toEqual(["referred-by one two"]);
  });

  test("by the sender of the REFER, where that one did not say who refers", () => {
    const by = "Referred-By: <sip:alice@example.com>";
    expect(linksOf(INTO("one") + refer("") + OUT("two", by, 1.1))).toEqual(["referred-by one two"]);
  });

  test("once: the next call for the same URI is another one", () => {
    const call = (id: string, at: number): string =>
      OUT(id, "", at).replace("sip:u77@10.0.0.3 SIP", "sip:carol@example.com SIP");
    expect(linksOf(INTO("one") + refer("") + call("two", 1.1) + call("three", 9))).toEqual(["transfer one two"]);
  });

  const carol = (at: number): string => OUT("two", "", at).replace("sip:u77@10.0.0.3 SIP", "sip:carol@example.com SIP");

  test("not from a REFER that was refused, nor minutes after one", () => {
    const refused = `
10.0.0.2:5060 > 10.0.0.1:5060 at 1.1
SIP/2.0 603 Decline
Call-ID: one
CSeq: 2 REFER
`;
    const asked = INTO("one") + refer("CSeq: 2 REFER");
    expect(linksOf(asked + carol(100))).toHaveLength(1);
    expect(linksOf(asked + refused + carol(100))).toEqual([]);
    expect(linksOf(asked + carol(200))).toEqual([]);
  });

  test("not where somebody else refers", () => {
    const by = "Referred-By: <sip:dave@example.com>";
    expect(linksOf(INTO("one") + refer("") + OUT("two", by, 1.1))).toEqual([]);
  });
});

describe("legs stay apart", () => {
  test("when nothing but time speaks for them", () => {
    expect(linksOf(INTO("one") + OUT("two"))).toEqual([]);
  });

  test("when two calls fit equally well", () => {
    const second = OUT("three", "", 0.02).replace("sip:pbx@", "sip:alice@").replaceAll("u77", "desk");
    expect(linksOf(INTO("one") + INTO("two", "CSeq: 1 INVITE", 0.005) + second)).toEqual([]);
  });

  test("when the same users call again much later", () => {
    const later = OUT("two", "", 30).replace("sip:pbx@", "sip:alice@").replaceAll("u77", "desk");
    expect(linksOf(INTO("one") + later)).toEqual([]);
  });
});

describe("legs of which neither is the one that both name", () => {
  const naming = (id: string, client: string, server: string): string => `
${client}:5060 > ${server}:5060 at 0
INVITE sip:u77@${server} SIP/2.0
Call-ID: ${id}
X-CID: unseen
`;

  test("are joined where one was sent by the element that sent or had received the other", () => {
    expect(linksOf(naming("one", "10.0.0.2", "10.0.0.3") + naming("two", "10.0.0.2", "10.0.0.4"))).toHaveLength(1);
    expect(linksOf(naming("one", "10.0.0.2", "10.0.0.3") + naming("two", "10.0.0.3", "10.0.0.4"))).toHaveLength(1);
  });

  test("stay apart where two have sent them", () => {
    expect(linksOf(naming("one", "10.0.0.1", "10.0.0.3") + naming("two", "10.0.0.2", "10.0.0.3"))).toEqual([]);
  });
});

describe("the order in which legs are stored", () => {
  const trying = `
10.0.0.3:5060 > 10.0.0.2:5060 at 0.009
SIP/2.0 100 Trying
Call-ID: two
Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bKtwo
From: <sip:pbx@10.0.0.2>;tag=two
To: <sip:u77@10.0.0.3>
CSeq: 1 INVITE
`;
  const idsOf = (text: string): readonly string[] => track(traffic(text)).calls.flatMap(({ callIds }) => callIds);

  test("does not keep a leg apart whose first message is not its INVITE", () => {
    expect(linksOf(INTO("one") + trying + OUT("two", "X-CID: one"))).toEqual(["x-call-id one two"]);
  });

  test("does not make a leg the caller's that another one led to a moment later", () => {
    expect(idsOf(OUT("two", "X-CID: one", 0) + INTO("one", "", 0.02))).toEqual(["one", "two"]);
    expect(idsOf(OUT("two", "X-CID: one", 0) + INTO("one", "", 0.6))).toEqual(["two", "one"]);
  });
});

describe("packets", () => {
  test("that two taps saw are told and kept once", () => {
    const [packet] = traffic(INTO("one"));
    const again = { ...packet, timeMicros: packet.timeMicros + 100 };
    const { calls, duplicates } = track([packet, again]);
    expect(duplicates).toEqual([again]);
    expect(calls[0].legs[0]).toHaveLength(1);
  });

  test("that were seen before are known among the latest 32 of their leg, and no farther back", () => {
    const duplicatesAfter = (others: number): number => {
      const [packet] = traffic(INTO("one")).map((each) => ({ ...each, ipId: 1 }));
      const between = Array.from({ length: others }, (_, index) => {
        return { ...packet, ipId: index + 2, timeMicros: packet.timeMicros + 10_000 * (index + 1) };
      });
      return track([packet, ...between, packet]).duplicates.length;
    };
    expect([31, 32].map(duplicatesAfter)).toEqual([1, 0]);
  });

  test("that were sent again are kept, also where all have one IP identification", () => {
    const sentAgain = traffic(`${INTO("one").trim()}\nrepeat at 0.5, 1.5`).map((each) => ({ ...each, ipId: 7 }));
    expect(track(sentAgain).duplicates).toEqual([]);
    const [other] = traffic(INTO("two").replace("desk@", "door@")).map((each) => ({ ...each, ipId: 8 }));
    expect(track([other, ...sentAgain]).duplicates).toHaveLength(2);
    const { calls, duplicates } = track(traffic(`${INTO("one").trim()}\nrepeat at 0.5, 1.5`));
    expect(duplicates).toEqual([]);
    expect(calls[0].legs[0]).toHaveLength(3);
  });
});

describe("a call is let go", () => {
  const refused = `${INTO("one")}
10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 486 Busy Here
Call-ID: one
`;
  const later = (seconds: number): string => `
10.0.0.8:5060 > 10.0.0.9:5060 at ${seconds}
OPTIONS sip:10.0.0.9 SIP/2.0
`;

  test("when it was refused and retransmissions are over", () => {
    const { calls } = track(traffic(refused + later(60)));
    const observedSeconds = (calls[0].observedUntilMicros - calls[0].legs[0][0].timeMicros) / 1e6;
    expect(calls).toHaveLength(2);
    expect(observedSeconds).toBe(60);
  });

  test("not before, nor while it rings", () => {
    const text = refused + later(20) + later(25).replace("OPTIONS sip", "MESSAGE sip");
    expect(track(traffic(text)).calls[0].observedUntilMicros).toBe(traffic(text).at(-1)?.timeMicros);
    const ringing = `${INTO("one")}
10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 180 Ringing
Call-ID: one

10.0.0.2:5060 > 10.0.0.1:5060 at 200
SIP/2.0 200 OK
Call-ID: one
${later(150)}`;
    expect(track(traffic(ringing)).calls.find(({ legs }) => legs[0].length > 1)?.legs[0]).toHaveLength(3);
  });

  test("after what ends a re-INVITE that the BYE has overtaken", () => {
    const changed = (end: string): string => `${INTO("one")}
10.0.0.2:5060 > 10.0.0.1:5060 at 1
SIP/2.0 200 OK
Call-ID: one

10.0.0.1:5060 > 10.0.0.2:5060 at 10
INVITE sip:desk@10.0.0.2 SIP/2.0
Call-ID: one
To: <sip:desk@example.com>;tag=to-10-0-0-2-5060
CSeq: 2 INVITE

${end}
10.0.0.1:5060 > 10.0.0.2:5060 at 42
BYE sip:desk@10.0.0.2 SIP/2.0
Call-ID: one
To: <sip:desk@example.com>;tag=to-10-0-0-2-5060
CSeq: 3 BYE

10.0.0.2:5060 > 10.0.0.1:5060 at 130
SIP/2.0 408 Request Timeout
Call-ID: one
CSeq: 2 INVITE
${later(100)}`;
    const ended = "10.0.0.2:5060 > 10.0.0.1:5060 at 11\nSIP/2.0 200 OK\nCall-ID: one\nCSeq: 2 INVITE\n";
    expect(track(traffic(changed(""))).calls).toHaveLength(2);
    expect(track(traffic(changed(ended))).calls).toHaveLength(3);
  });

  test("in the order in which calls began, as far as the order tells", () => {
    const { calls } = track(traffic(INTO("one") + later(1)));
    expect(calls.map(({ order }) => order)).toEqual([0, 1]);
  });

  const answer = (status: string, at: number, branch: string, method = "INVITE"): string => `
10.0.0.2:5060 > 10.0.0.1:5060 at ${at}
SIP/2.0 ${status}
Call-ID: one
Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK${branch}
CSeq: 1 ${method}
`;
  const fork = (branch: string): string => `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:desk@example.com SIP/2.0
Call-ID: one
Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK${branch}
CSeq: 1 INVITE
`;
  const legsAt200 = (text: string): number =>
    track(traffic(`${text}${later(100)}${answer("200 OK", 200, "a")}`)).calls.filter(
      ({ callIds }) => callIds[0] === "one",
    ).length;

  const inside = (method: string): string => `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
${method} sip:desk@10.0.0.2 SIP/2.0
Call-ID: one
Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK${method}
To: <sip:desk@example.com>;tag=there
CSeq: 7 ${method}
`;

  const register = `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
REGISTER sip:example.com SIP/2.0
Call-ID: one
`;
  const referral = `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
REFER sip:desk@10.0.0.2 SIP/2.0
Call-ID: one
Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKREFER
CSeq: 7 REFER
`;
  const lastNotify = `
10.0.0.2:5060 > 10.0.0.1:5060 at 2
NOTIFY sip:10.0.0.1 SIP/2.0
Call-ID: one
To: <sip:alice@example.com>;tag=from
Subscription-State: terminated;reason=noresource
`;

  const lastReport = lastNotify.replace("at 2\n", "at 3\n");
  const answeredBy = (tag: string, at: number): string =>
    answer("200 OK", at, "a").replace(
      "CSeq",
      `From: <sip:alice@example.com>;tag=from\nTo: <sip:desk@example.com>;tag=${tag}\nCSeq`,
    );
  const bye = (tag: string, at: number): string =>
    inside("BYE")
      .replace("at 0", `at ${at}`)
      .replace("CSeq: 7", "CSeq: 9")
      .replace("tag=there", `tag=${tag}\nFrom: <sip:alice@example.com>;tag=from`);
  const transferred = (status: string): string => inside("REFER") + answer(status, 1, "REFER", "REFER");

  test.each([
    [
      "two have answered and one of them was sent a BYE",
      fork("a") + answeredBy("one", 1) + answeredBy("two", 2) + bye("two", 3) + bye("two", 3.5),
    ],
    ["what comes of a REFER is to be told after the BYE", transferred("202 Accepted") + bye("there", 2)],
    ["its provisional response was acknowledged", fork("a") + answer("200 OK", 1, "p", "PRACK")],
    ["another branch was refused", fork("a") + fork("b") + answer("486 Busy Here", 1, "b")],
    ["another branch was cancelled", fork("a") + fork("b") + answer("200 OK", 1, "b", "CANCEL")],
    ["a CANCEL fitted no INVITE", fork("a") + answer("481 Call/Transaction Does Not Exist", 1, "c", "CANCEL")],
    [
      "one branch was refused and another answered",
      fork("b") + fork("a") + answer("486 Busy Here", 1, "b") + answer("200 OK", 2, "a"),
    ],
    ["it was up before the capture began", inside("INFO") + answer("200 OK", 1, "INFO", "INFO")],
    [
      "a transfer was asked for in a call that was up before",
      inside("REFER") + answer("202 Accepted", 1, "REFER", "REFER"),
    ],
    [
      "a registration was challenged first",
      register + answer("401 Unauthorized", 1, "r", "REGISTER") + answer("200 OK", 2, "r", "REGISTER"),
    ],
    ["a transfer was asked for outside of any call", referral + answer("202 Accepted", 1, "REFER", "REFER")],
  ])("not where %s", (_name, text) => {
    expect(legsAt200(text)).toBe(1);
  });

  test.each([
    [
      "all that have answered were sent a BYE",
      fork("a") + answeredBy("one", 1) + answeredBy("two", 2) + bye("two", 3) + bye("one", 4),
    ],
    ["what came of a REFER was told before the BYE", transferred("202 Accepted") + lastNotify + bye("there", 3)],
    ["what came of a REFER was told after the BYE", transferred("202 Accepted") + bye("there", 2) + lastReport],
    ["a REFER was refused before the BYE", transferred("603 Decline") + bye("there", 2)],
    [
      "the caller got a refusal, and the end of a branch was not seen",
      fork("a") + fork("b") + answer("486 Busy Here", 1, "a"),
    ],
    ["all branches were refused", fork("a") + answer("486 Busy Here", 1, "a")],
    ["the caller's CANCEL was accepted", fork("a") + answer("200 OK", 1, "a", "CANCEL")],
    [
      "it turns out not to be up any more",
      inside("UPDATE") + answer("481 Call/Transaction Does Not Exist", 1, "UPDATE", "UPDATE"),
    ],
    [
      "a transfer that was asked for outside of any call is told to be over",
      referral + answer("202 Accepted", 1, "REFER", "REFER") + lastNotify,
    ],
  ])("where %s", (_name, text) => {
    expect(legsAt200(text)).toBe(2);
  });
});

describe("a registration", () => {
  const refresh = (at: number, granted: number): string => `
10.0.0.1:5060 > 10.0.0.2:5060 at ${at}
REGISTER sip:example.com SIP/2.0
Call-ID: phone
CSeq: ${at * 10} REGISTER
Contact: <sip:alice@10.0.0.1>

10.0.0.2:5060 > 10.0.0.1:5060 at ${at + 0.1}
SIP/2.0 200 OK
Call-ID: phone
CSeq: ${at * 10} REGISTER
Contact: <sip:alice@10.0.0.1>;expires=${granted}
`;
  const messagesOf = (times: readonly number[], granted: number): number[] =>
    track(traffic(times.map((at) => refresh(at, granted)).join(""))).calls.map(({ legs }) => legs[0].length);
  const each50 = Array.from({ length: 20 }, (_, index) => index * 50);

  test("that goes on is judged some refreshes at a time, so that no more is kept of it", () => {
    expect(messagesOf(each50, 60)).toEqual([16, 16, 8]);
  });

  test("is not parted where it ran out, nor where the REGISTER may be a retransmission", () => {
    expect(messagesOf(each50, 40)).toEqual([40]);
    expect(
      messagesOf(
        Array.from({ length: 20 }, (_, index) => index * 5),
        60,
      ),
    ).toEqual([40]);
  });

  test("like one with a subscription inside of which NOTIFYs come", () => {
    const notify = (at: number): string => `
10.0.0.2:5060 > 10.0.0.1:5060 at ${at}
NOTIFY sip:alice@10.0.0.1 SIP/2.0
Call-ID: phone
To: <sip:alice@example.com>;tag=from
CSeq: ${at} NOTIFY

10.0.0.1:5060 > 10.0.0.2:5060 at ${at + 0.1}
SIP/2.0 200 OK
Call-ID: phone
CSeq: ${at} NOTIFY
`;
    const subscribed = refresh(0, 3600).replaceAll("REGISTER", "SUBSCRIBE");
    const { calls } = track(traffic(subscribed + each50.slice(1).map(notify).join("")));
    expect(calls.map(({ legs }) => legs[0].length)).toEqual([16, 16, 8]);
  });
});

test("a request that sets nothing up is over once its client has given up, and one that may ring later", () => {
  const again = (method: string): number => {
    const sent = (at: number): string => `
10.0.0.1:5060 > 10.0.0.2:5060 at ${at}
${method} sip:bob@example.com SIP/2.0
Call-ID: one
`;
    const other = INTO("other", "", 50);
    return track(traffic(sent(0) + other + sent(60))).calls.filter(({ callIds }) => callIds.includes("one")).length;
  };
  expect([again("OPTIONS"), again("MESSAGE"), again("INVITE")]).toEqual([2, 2, 1]);
});

describe("the messages of a leg", () => {
  const framesOf = (packets: readonly Packet[]): number[] => track(packets).calls[0].legs[0].map(({ frame }) => frame);
  const dialog = INTO("one") + INTO("one", "CSeq: 2 INVITE", 1) + INTO("one", "CSeq: 3 INVITE", 2);

  test("stand where they were captured, also those that were handed on late", () => {
    const [first, second, third] = traffic(dialog);
    expect(framesOf([first, third, second])).toEqual([1, 2, 3]);
    expect(framesOf([third, first, second])).toEqual([1, 2, 3]);
  });

  test("stay in the order of the capture where its clock went back", () => {
    const [first, second, third] = traffic(dialog);
    expect(framesOf([first, { ...second, timeMicros: first.timeMicros - 1 }, third])).toEqual([1, 2, 3]);
  });
});

describe("what opens no call", () => {
  /** That arrives at a B2BUA, 10.0.0.2. */
  const into = (callId: string, at = 0, fields = "", method = "REGISTER"): string => `
10.0.0.1:5060 > 10.0.0.2:5060 at ${at}
${method} sip:bob@example.com SIP/2.0
Call-ID: ${callId}
Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK${callId}${at}
CSeq: ${at * 1000} ${method}
From: <sip:alice@example.com>;tag=${callId}
To: <sip:bob@example.com>
${fields}
`;
  /** That it sends itself. */
  const out = (callId: string, at = 0.01, fields = "", method = "REGISTER"): string =>
    into(callId, at, fields, method).replaceAll("10.0.0.2", "10.0.0.3").replaceAll("10.0.0.1", "10.0.0.2");
  const answered = (
    callId: string,
    at: number,
    [client, server] = ["1", "2"],
    status = "200 OK",
    asked = 0,
  ): string => `
10.0.0.${server}:5060 > 10.0.0.${client}:5060 at ${at}
SIP/2.0 ${status}
Call-ID: ${callId}
Via: SIP/2.0/UDP 10.0.0.${client}:5060;branch=z9hG4bK${callId}${asked}
CSeq: ${asked * 1000} REGISTER
Contact: <sip:alice@10.0.0.1>;expires=3600
`;
  const credentials = (response: string): string =>
    `Authorization: Digest username="alice", realm="r", nonce="n${response}", uri="sip:r", response="${response}"`;

  test.each(["REGISTER", "MESSAGE", "SUBSCRIBE", "PUBLISH", "OPTIONS", "NOTIFY"])(
    "is joined with what a B2BUA sends on of it (%s)",
    (method) => {
      expect(linksOf(into("one", 0, "", method) + out("two", 0.01, "", method))).toEqual(["same-users one two"]);
    },
  );

  test("is joined with what is sent on with the same credentials, also where a user registers twice at once", () => {
    const both = into("one", 0, credentials("1")) + into("other", 0, credentials("2"));
    expect(linksOf(both + out("two", 0.01, credentials("2")) + out("three", 0.01, credentials("1")))).toEqual([
      "same-credentials one three",
      "same-credentials other two",
    ]);
  });

  test("is joined by credentials also where a B2BUA sends from another of its addresses, and only while its client waits", () => {
    const moved = (text: string): string => text.replaceAll("10.0.0.2", "192.0.2.2");
    const challenged =
      into("one") +
      moved(out("two")) +
      moved(answered("two", 0.02, ["2", "3"], "401 Unauthorized", 0.01)) +
      answered("one", 0.03, ["1", "2"], "401 Unauthorized") +
      into("one", 0.04, credentials("1"));
    const onward = moved(out("two", 0.06, credentials("1")));
    expect(linksOf(challenged + onward)).toEqual(["same-credentials one two"]);
    expect(linksOf(challenged + moved(out("two", 0.06, credentials("2"))))).toEqual([]);
    expect(linksOf(challenged + answered("one", 0.05, ["1", "2"], "403 Forbidden", 0.04) + onward)).toEqual([]);
    expect(linksOf(challenged + onward.replace("at 0.06", "at 3"))).toEqual([]);
  });

  test("is not joined where two fit alike, until the credentials tell", () => {
    const both = into("one") + into("other") + out("two") + out("three");
    expect(linksOf(both)).toEqual([]);
    const challenged = answered("one", 0.1, ["1", "2"], "401 Unauthorized") + into("one", 0.2, credentials("1"));
    expect(linksOf(both + challenged + out("three", 0.21, credentials("1")))).toEqual(["same-credentials one three"]);
  });

  test.each([
    ["it was answered before", into("one") + answered("one", 0.005) + out("two")],
    ["it had come too long before", into("one") + out("two", 2.1)],
    [
      "it had come long before, and is sent again",
      into("one") + out("other", 0.01) + into("one", 0).replace("at 0", "at 4") + out("two", 4.1),
    ],
    ["it is another request", into("one") + out("two", 0.01, "", "OPTIONS")],
    ["another event is subscribed to", into("one", 0, "Event: dialog") + out("two", 0.01, "Event: presence")],
    ["it is of another user", into("one") + out("two").replaceAll("alice", "carol")],
    [
      "only a number is the same",
      (into("one") + out("two").replaceAll("alice", "carol")).replaceAll("bob", "+4930123456"),
    ],
    ["it was sent on as it is", into("one") + out("one", 0.005) + out("two")],
    ["nobody says who it is of", (into("one") + out("two")).replaceAll("alice", "anonymous")],
  ])("is not joined where %s", (_name, text) => {
    expect(linksOf(text).filter((link) => link.endsWith("two"))).toEqual([]);
  });

  test("is joined with one other leg for each time it is sent", () => {
    expect(linksOf(into("one") + out("two") + out("three", 0.02))).toEqual(["same-users one two"]);
    const again = answered("one", 0.1) + into("one", 20) + out("three", 20.01);
    expect(linksOf(into("one") + out("two") + again)).toEqual(["same-users one two", "same-users one three"]);
  });

  test("is joined with a registration that is kept up under its own Call-ID, from where it is sent on there", () => {
    const before = out("trunk", 0) + answered("trunk", 0.1, ["2", "3"]);
    const text =
      before + into("phone", 100) + out("trunk", 100.01) + answered("trunk", 100.1, ["2", "3"], "200 OK", 100.01);
    expect(linksOf(text)).toEqual(["same-users phone trunk"]);
    expect(track(traffic(text)).calls.map(({ callIds }) => callIds)).toEqual([["trunk"], ["phone", "trunk"]]);
    // The binding had run out: what is told of that needs both.
    expect(linksOf(text.replaceAll("expires=3600", "expires=60"))).toEqual([]);
  });

  test("and is joined stays so while each side is refreshed by itself, and is parted where nothing waits", () => {
    const round = (at: number): string =>
      into("phone", at) +
      out("trunk", at + 0.01) +
      answered("trunk", at + 0.02, ["2", "3"], "200 OK", at + 0.01) +
      answered("phone", at + 0.03, ["1", "2"], "200 OK", at);
    const own = (at: number): string => into("phone", at) + answered("phone", at + 0.03, ["1", "2"], "200 OK", at);
    const text = [0, 50, 100, 150].map((at) => round(at) + own(at + 25)).join("") + round(200) + own(225);
    const { calls } = track(traffic(text));
    expect(calls.map(({ callIds }) => callIds)).toEqual([
      ["phone", "trunk"],
      ["phone", "trunk"],
    ]);
    expect(calls.map(({ legs }) => legs.map((leg) => leg.length))).toEqual([
      [16, 8],
      [4, 2],
    ]);
  });

  test("and is joined is parted also where the client of the other side was left without an answer", () => {
    const own = (at: number): string => out("trunk", at) + answered("trunk", at + 0.02, ["2", "3"], "200 OK", at);
    const text = into("phone") + Array.from({ length: 20 }, (_, index) => own(index * 50 + 0.01)).join("");
    expect(track(traffic(text)).calls.map(({ legs }) => legs.map((leg) => leg.length))).toEqual([[1, 16], [16], [8]]);
  });

  test("a subscription that is sent on is parted on both sides and stays joined, for as long as NOTIFYs come", () => {
    const notify = (at: number): string =>
      [
        ["3", "2", "two"],
        ["2", "1", "one"],
      ]
        .map(
          ([from, to, callId], index) => `
10.0.0.${from}:5060 > 10.0.0.${to}:5060 at ${at + index * 0.01}
NOTIFY sip:alice@10.0.0.${to} SIP/2.0
Call-ID: ${callId}
To: <sip:alice@example.com>;tag=${callId}
CSeq: ${at} NOTIFY

10.0.0.${to}:5060 > 10.0.0.${from}:5060 at ${at + 0.05 - index * 0.01}
SIP/2.0 200 OK
Call-ID: ${callId}
CSeq: ${at} NOTIFY
`,
        )
        .join("");
    const subscribed = into("one", 0, "", "SUBSCRIBE") + out("two", 0.01, "", "SUBSCRIBE");
    const accepted = answered("two", 0.02, ["2", "3"]) + answered("one", 0.03);
    const text = subscribed + accepted.replaceAll("REGISTER", "SUBSCRIBE").replaceAll("CSeq: 10 ", "CSeq: 0 ");
    const { calls } = track(
      traffic(text + Array.from({ length: 19 }, (_, index) => notify(50 * (index + 1))).join("")),
    );
    expect(calls.map(({ callIds, legs }) => [...callIds, ...legs.map((leg) => leg.length)])).toEqual([
      ["one", "two", 16, 16],
      ["two", "one", 16, 16],
      ["two", "one", 8, 8],
    ]);
  });
});
