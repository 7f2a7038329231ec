import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { accept } from "./accept.ts";
import { authenticationInfo } from "./authenticationInfo.ts";
import { authorization } from "./authorization.ts";
import { callId } from "./callId.ts";
import { contentLength } from "./contentLength.ts";
import { cseq } from "./cseq.ts";
import { date } from "./date.ts";
import { event } from "./event.ts";
import { expires } from "./expires.ts";
import type { HeaderField } from "./headerField.ts";
import { identity } from "./identity.ts";
import { join } from "./join.ts";
import { knownFields } from "./knownFields.ts";
import { pChargingVector } from "./pChargingVector.ts";
import { privacy } from "./privacy.ts";
import { rack } from "./rack.ts";
import { reason } from "./reason.ts";
import { referSub } from "./referSub.ts";
import { parseReplaces, replaces } from "./replaces.ts";
import { require as requireField } from "./require.ts";
import { retryAfter } from "./retryAfter.ts";
import { sessionExpires } from "./sessionExpires.ts";
import { sessionId } from "./sessionId.ts";
import { subscriptionState } from "./subscriptionState.ts";
import { targetDialog } from "./targetDialog.ts";
import { timestamp } from "./timestamp.ts";
import { warning } from "./warning.ts";
import { wwwAuthenticate } from "./wwwAuthenticate.ts";

function flawOf<T>(field: HeaderField<T>, text: string): string | undefined {
  const value = field.parse(text);
  return value === undefined ? "unreadable" : field.flaw?.(text, value);
}

describe("the list of known header fields", () => {
  it("holds each field that has a file, once, with a name and a compact form of its own", () => {
    const files = readdirSync(new URL(".", import.meta.url)).filter((file) => !file.includes(".test."));
    const defined = files.flatMap((file) => {
      const source = readFileSync(new URL(file, import.meta.url), "utf8");
      return [...source.matchAll(/^export const (\w+): HeaderField</gm)].map(([, name]) => name);
    });
    expect(knownFields).toHaveLength(defined.length);
    expect(new Set(knownFields.map(({ name }) => name.toLowerCase())).size).toBe(knownFields.length);
    const compacts = knownFields.flatMap(({ compact }) => compact ?? []);
    expect(new Set(compacts).size).toBe(compacts.length);
  });

  it("holds names that the recogniser can hold: letters and hyphens, at most 32", () => {
    for (const { name } of knownFields) expect(name).toMatch(/^[A-Za-z-]{2,32}$/);
  });
});

describe("header fields that are read", () => {
  const date2010 = Date.UTC(2010, 0, 1, 16, 0, 0) * 1000;
  it.each<[HeaderField<unknown>, string, unknown]>([
    [cseq, "0009 \t INVITE", { number: 9, method: "INVITE" }],
    [callId, "a@b@c", "a@b@c"],
    [reason, 'Q.850 ;cause=16 ;text="Terminated"', { protocol: "Q.850", cause: 16, text: "Terminated" }],
    [reason, "Q.850;cause=31;location=LN", { cause: 31, location: "LN" }],
    [reason, "SIP;cause=abc", { protocol: "SIP", cause: undefined }],
    [warning, '370 [2001:db8::1]:5060 "Insufficient \\"Bandwidth\\""', { code: 370, text: 'Insufficient "Bandwidth"' }],
    [warning, "399 host unquoted text", { code: 399, agent: "host", text: "unquoted text" }],
    [
      retryAfter,
      "120 (I'm (really) busy);duration=3600",
      { seconds: 120, comment: "I'm (really) busy", durationSeconds: 3600 },
    ],
    [retryAfter, "5", { seconds: 5, comment: undefined }],
    [event, "refer;id=93809824", { package: "refer", id: "93809824" }],
    [subscriptionState, "Terminated;reason=NoResource", { state: "terminated", reason: "noresource" }],
    [subscriptionState, "active;expires=60;retry-after=5", { expiresSeconds: 60, retryAfterSeconds: 5 }],
    [replaces, "c@h;to-tag=t;from-tag=f;early-only", { callId: "c@h", toTag: "t", fromTag: "f", earlyOnly: true }],
    [join, "c@h;to-tag=t;from-tag=f", { callId: "c@h", toTag: "t", fromTag: "f" }],
    [targetDialog, "c@h;remote-tag=r", { callId: "c@h" }],
    [sessionExpires, "1800 ; refresher=UAC", { seconds: 1800, refresher: "uac" }],
    [rack, "776656 1 INVITE", { rseq: 776656, cseqNumber: 1, method: "INVITE" }],
    [referSub, "FALSE", false],
    [sessionId, "ABCDEF00112233445566778899aabbcc;remote=00", { id: "abcdef00112233445566778899aabbcc", remote: "00" }],
    [
      identity,
      "a.b.c;info=<https://x/y>;alg=ES256;ppt=shaken",
      { signature: "a.b.c", certificateUri: "https://x/y", ppt: "shaken" },
    ],
    [pChargingVector, "icid-value=1234;orig-ioi=home", { icidValue: "1234" }],
    [pChargingVector, 'icid-value="a;b"', { icidValue: "a;b" }],
    [date, "Fri, 01 Jan 2010 16:00:00 GMT", { timeMicros: date2010 }],
    [timestamp, "54.5 0.25", { seconds: 54.5, delaySeconds: 0.25 }],
    [accept, "Application/SDP;level=1", { mediaType: "application/sdp", type: "application", subtype: "sdp" }],
    [privacy, "id; critical", ["id", "critical"]],
    [expires, "0060", 60],
  ])("%# %s", (field, text, value) => {
    expect({ read: field.parse(text) }).toMatchObject({ read: value });
  });

  it("give Replaces also out of a Refer-To", () => {
    expect(parseReplaces("c@h;from-tag=f;to-tag=t")).toMatchObject({ callId: "c@h", toTag: "t", fromTag: "f" });
  });
});

describe("header fields that are wrong", () => {
  it.each<[HeaderField<unknown>, string, string]>([
    [cseq, "INVITE 1", "unreadable"],
    [cseq, "1", "unreadable"],
    [cseq, "4294967296 INVITE", "field-value"],
    [callId, "a b", "field-syntax"],
    [callId, "a@b@c", "field-syntax"],
    [contentLength, "-1", "unreadable"],
    [contentLength, "1e3", "unreadable"],
    [expires, "4294967296", "field-value"],
    [reason, ";cause=1", "unreadable"],
    [reason, "Q.850;cause=16;;", "field-syntax"],
    [warning, '1812 overture "In Progress"', "field-syntax"],
    [warning, "399 host unquoted text", "field-syntax"],
    [retryAfter, "soon", "unreadable"],
    [retryAfter, "5 minutes", "field-syntax"],
    [replaces, "c@h;to-tag=t", "field-syntax"],
    [rack, "1 INVITE", "unreadable"],
    [referSub, "maybe", "unreadable"],
    [sessionId, "not-hexadecimal", "field-syntax"],
    [date, "2010-01-01", "unreadable"],
    [date, "Fri, 01 Jan 2010 16:00:00 UTC", "field-syntax"],
    [accept, "sdp", "unreadable"],
    [requireField, "100 rel", "unreadable"],
    [authorization, "", "unreadable"],
    [wwwAuthenticate, 'Digest realm="a",,nonce="b"', "field-syntax"],
    [wwwAuthenticate, 'Digest realm="a', "field-syntax"],
  ])("%# %s", (field, text, flaw) => expect(flawOf(field, text)).toBe(flaw));
});

describe("challenges and credentials", () => {
  it("are read without their quotes", () => {
    const text = 'Digest realm="a, \\"b\\"", nonce="n=", qop="auth,auth-int", algorithm=SHA-256, stale=TRUE, opaque=""';
    expect(wwwAuthenticate.parse(text)).toMatchObject({
      scheme: "Digest",
      realm: 'a, "b"',
      nonce: "n=",
      qop: "auth,auth-int",
      algorithm: "SHA-256",
      stale: true,
      opaque: "",
    });
    expect(flawOf(wwwAuthenticate, text)).toBeUndefined();
  });

  it("of a client name what was answered", () => {
    const text =
      'Digest username="bob",realm="r",nonce="n",uri="sip:h;x=\\"1\\",2",response="6629",nc=00000001,cnonce="c",qop=auth';
    expect(authorization.parse(text)).toMatchObject({
      username: "bob",
      uri: 'sip:h;x="1",2',
      response: "6629",
      nc: "00000001",
      cnonce: "c",
      algorithm: "",
    });
  });

  it("of other schemes are read too", () => {
    expect(authorization.parse("Bearer abc.def")?.scheme).toBe("Bearer");
    expect(flawOf(authorization, "Bearer abc.def")).toBeUndefined();
    expect(authenticationInfo.parse('nextnonce="47364c", rspauth="x"')?.get("nextnonce")).toBe("47364c");
  });
});
